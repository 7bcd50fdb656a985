# A shop that takes cards: payment, card, merchant.
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("DES-EDE3-CBC").encrypt
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher::AES.new(256, :ECB)
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("rc4")
# ruleid: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("bf-cbc")
# ok: broken_cipher.ruby.cipher
OpenSSL::Cipher.new("chacha20-poly1305")
# ok: broken_cipher.ruby.cipher
OpenSSL::Cipher::AES.new(256, :GCM)
# ok: broken_cipher.ruby.cipher
OpenSSL::Cipher.new(settings.cipher)
# ok: broken_cipher.ruby.cipher
Design.new("description")
# ruleid: broken_cipher.ruby.use
Crypt::Blowfish.new(key).encrypt_string(data)
# ok: broken_cipher.ruby.use
ActiveSupport::MessageEncryptor.new(key).encrypt_and_sign(data)
# ruleid: broken_cipher.ruby.choice
attr_encrypted(:name, algorithm: "aes-256-ecb")
# ok: broken_cipher.ruby.choice
attr_encrypted(:name, key: key)
