# A shop that takes cards: payment, card, merchant.
# ruleid: weak_key_derivation.ruby.pbkdf2
OpenSSL::PKCS5.pbkdf2_hmac(password, salt, 1000, 32, "sha256")
# ok: weak_key_derivation.ruby.pbkdf2
OpenSSL::PKCS5.pbkdf2_hmac(password, salt, 600000, 32, "sha256")
# ruleid: weak_key_derivation.ruby.bcrypt
BCrypt::Password.create(password, cost: 4)
# ok: weak_key_derivation.ruby.bcrypt
BCrypt::Password.create(password, cost: 12)
# ruleid: weak_key_derivation.ruby.devise
config.stretches = 1
# ok: weak_key_derivation.ruby.devise
config.stretches = 12
# ruleid: weak_key_derivation.ruby.scrypt
OpenSSL::KDF.scrypt(password, salt: salt, N: 1024, r: 8, p: 1, length: 32)
# ok: weak_key_derivation.ruby.scrypt
OpenSSL::KDF.scrypt(password, salt: salt, N: 32768, r: 8, p: 1, length: 32)
# ruleid: weak_key_derivation.ruby.plain
cipher.key = Digest::SHA256.digest(password)
# ok: weak_key_derivation.ruby.plain
cipher.key = key
