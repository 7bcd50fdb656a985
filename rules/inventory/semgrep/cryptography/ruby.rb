require "openssl"
require "digest"
require "bcrypt"

def uses(data, key, http, registry)
  # ruleid: cryptography.ruby.cipher
  cipher = OpenSSL::Cipher.new("aes-256-gcm")
  # ok: cryptography.ruby.cipher
  other = registry.cipher("aes-256-gcm")
  # ruleid: cryptography.ruby.hash
  digest = Digest::SHA256.hexdigest(data)
  # ruleid: cryptography.ruby.hmac
  mac = OpenSSL::HMAC.hexdigest("SHA256", key, data)
  # ok: cryptography.ruby.hash, cryptography.ruby.hmac
  same = OpenSSL.fixed_length_secure_compare(mac, digest)
  # ruleid: cryptography.ruby.kdf
  hash = BCrypt::Password.create(data)
  # ok: cryptography.ruby.kdf
  known = BCrypt::Password.new(hash)
  # ruleid: cryptography.ruby.key
  pair = OpenSSL::PKey::RSA.new(3072)
  # ok: cryptography.ruby.key
  read = OpenSSL::PKey::RSA.new(data)
  # ruleid: cryptography.ruby.tls
  http.min_version = OpenSSL::SSL::TLS1_2_VERSION
  # ruleid: cryptography.ruby.tls_verification
  http.verify_mode = OpenSSL::SSL::VERIFY_PEER
  # ok: cryptography.ruby.tls, cryptography.ruby.tls_verification
  http.open_timeout = 5
  [cipher, other, same, known, pair, read]
end
