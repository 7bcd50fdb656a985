# A shop that takes cards: payment, card, merchant.
# ruleid: weak_key_derivation.ruby.pbkdf2
OpenSSL::KDF.pbkdf2_hmac(pass, salt: salt, iterations: 2000, length: 32, hash: "sha256")
# ok: weak_key_derivation.ruby.pbkdf2
OpenSSL::KDF.pbkdf2_hmac(pass, salt: salt, iterations: 600_000, length: 32, hash: "sha256")
