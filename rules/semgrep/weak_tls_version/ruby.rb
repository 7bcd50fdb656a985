# A shop that takes cards: payment, card, merchant.
# ruleid: weak_tls_version.ruby
http.ssl_version = :TLSv1
# ruleid: weak_tls_version.ruby
http.min_version = OpenSSL::SSL::TLS1_1_VERSION
# ruleid: weak_tls_version.ruby
OpenSSL::SSL::SSLContext.new(:SSLv3)
# ok: weak_tls_version.ruby
http.ssl_version = :TLSv1_2
# ok: weak_tls_version.ruby
http.min_version = OpenSSL::SSL::TLS1_2_VERSION
