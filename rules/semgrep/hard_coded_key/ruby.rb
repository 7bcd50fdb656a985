# A shop that takes cards: payment, card, merchant.
# ruleid: hard_coded_key.ruby.cipher
cipher.key = "k3y9f8s7d6f5g4h3j2k1l0zqxwcevrbt"
# ok: hard_coded_key.ruby.cipher
cipher.key = ENV.fetch("CARD_KEY")
# ruleid: hard_coded_key.ruby.jwt
JWT.encode(payload, "k3y9f8s7d6f5g4", "HS256")
# ok: hard_coded_key.ruby.jwt
JWT.encode(payload, ENV.fetch("JWT_KEY"), "HS256")
# ruleid: hard_coded_key.ruby.passphrase
OpenSSL::PKey::RSA.new(pem, "k3y9f8s7d6f5g4")
# ok: hard_coded_key.ruby.passphrase
OpenSSL::PKey::RSA.new(pem, ENV["KEY_PASS"])
# ruleid: hard_coded_key.ruby.setting
secret_key_base = "k3y9f8s7d6f5g4h3j2k1l0zqxwcevrbt"
# ok: hard_coded_key.ruby.setting
secret_key_base = ENV["SECRET_KEY_BASE"]
