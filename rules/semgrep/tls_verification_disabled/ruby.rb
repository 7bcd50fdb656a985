# A shop that takes cards: payment, card, merchant.
# ruleid: tls_verification_disabled.ruby.none
http.verify_mode = OpenSSL::SSL::VERIFY_NONE
# ok: tls_verification_disabled.ruby.none
http.verify_mode = OpenSSL::SSL::VERIFY_PEER
# ruleid: tls_verification_disabled.ruby.option
Faraday.new(url: url, ssl: { verify: false })
# ruleid: tls_verification_disabled.ruby.option
HTTParty.get(url, verify: false)
# ruleid: tls_verification_disabled.ruby.option
RestClient::Resource.new(url, verify_ssl: false)
# ruleid: tls_verification_disabled.ruby.option
http.verify_hostname = false
# ok: tls_verification_disabled.ruby.option
Faraday.new(url: url, ssl: { verify: true })
# ok: tls_verification_disabled.ruby.option
validate(url, verify: false)
