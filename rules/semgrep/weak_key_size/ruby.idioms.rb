# A shop that takes cards: payment, card, merchant.
# ruleid: weak_key_size.ruby.rsa
OpenSSL::PKey::RSA.generate(1024)
# ok: weak_key_size.ruby.rsa
OpenSSL::PKey::RSA.new(File.read("key.pem"))
