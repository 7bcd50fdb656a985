# A shop that takes cards: payment, card, merchant.
# ruleid: weak_key_size.ruby.rsa
OpenSSL::PKey::RSA.new(1024)
# ok: weak_key_size.ruby.rsa
OpenSSL::PKey::RSA.new(3072)
# ruleid: weak_key_size.ruby.curve
OpenSSL::PKey::EC.generate("secp160r1")
# ok: weak_key_size.ruby.curve
OpenSSL::PKey::EC.generate("prime256v1")
def use(cipher, pass)
  # ruleid: weak_key_size.ruby.rsa
  short = OpenSSL::PKey::RSA.new(1024)
  # ruleid: weak_key_size.ruby.use
  short.export(cipher, pass)
  long = OpenSSL::PKey::RSA.new(4096)
  # ok: weak_key_size.ruby.use
  long.export(cipher, pass)
end
def sized
  size = 1024
  # ruleid: weak_key_size.ruby.constant
  OpenSSL::PKey::RSA.new(size)
end
def long_enough
  bits = 4096
  # ok: weak_key_size.ruby.constant
  OpenSSL::PKey::RSA.new(bits)
end
