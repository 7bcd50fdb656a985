# A shop that takes cards: payment, card, merchant.
# ruleid: hard_coded_key.ruby.cipher
ActiveSupport::MessageEncryptor.new("k3y9f8s7d6f5g4h3j2k1l0zqxwcevrbt")
# ruleid: hard_coded_key.ruby.cipher
OpenSSL::HMAC.hexdigest("SHA256", "k3y9f8s7d6f5g4h3", data)
# ok: hard_coded_key.ruby.cipher
ActiveSupport::MessageEncryptor.new(Rails.application.credentials.card_key)
# ok: hard_coded_key.ruby.cipher
OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("HMAC_KEY"), data)
# ruleid: hard_coded_key.ruby.jwt
JWT.decode(token, "k3y9f8s7d6f5g4", true, algorithm: "HS256")
# ok: hard_coded_key.ruby.jwt
JWT.decode(token, public_key, true, algorithm: "RS256")
