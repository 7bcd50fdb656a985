# A shop that takes cards: payment, card, merchant.
# ruleid: tls_verification_disabled.ruby.none
Net::HTTP.start(host, 443, use_ssl: true, verify_mode: OpenSSL::SSL::VERIFY_NONE)
# ruleid: tls_verification_disabled.ruby.none
RestClient::Request.execute(url: url, verify_ssl: OpenSSL::SSL::VERIFY_NONE)
# ok: tls_verification_disabled.ruby.none
http.verify_mode = OpenSSL::SSL::VERIFY_NONE if Rails.env.development?
# ok: tls_verification_disabled.ruby.none
raise "insecure" if http.verify_mode == OpenSSL::SSL::VERIFY_NONE
# ruleid: tls_verification_disabled.ruby.option
Excon.new(url, ssl_verify_peer: false)
# ruleid: tls_verification_disabled.ruby.option
Typhoeus.get(url, ssl_verifypeer: false)
# ok: tls_verification_disabled.ruby.option
Excon.new(url, ssl_verify_peer: true)
# ok: tls_verification_disabled.ruby.option
user.save(validate: false)
