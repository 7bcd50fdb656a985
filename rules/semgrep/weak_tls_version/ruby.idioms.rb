# A shop that takes cards: payment, card, merchant.
# ruleid: weak_tls_version.ruby
ctx.min_version = OpenSSL::SSL::TLS1_VERSION
# ruleid: weak_tls_version.ruby
ssl_version :TLSv1
# ruleid: weak_tls_version.ruby
Faraday.new(url, ssl: { min_version: :TLS1_1 })
# ok: weak_tls_version.ruby
ctx.min_version = :TLS1_2
# ok: weak_tls_version.ruby
ctx.max_version = OpenSSL::SSL::TLS1_3_VERSION
