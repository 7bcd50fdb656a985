# A shop that takes cards: payment, card, merchant.
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("des-ede3-cbc")
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("aes-256-ecb")
# ok: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("aes-256-gcm")
# ruleid: broken_cipher.ruby.use
RC4.new(key).encrypt(data)
# ok: broken_cipher.ruby.use
Box.new(key).encrypt(data)
# ruleid: broken_cipher.ruby.choice
attr_encrypted(:name, algorithm: "des-cbc")
# ok: broken_cipher.ruby.choice
attr_encrypted(:name, algorithm: "aes-256-gcm")
