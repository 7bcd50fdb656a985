# frozen_string_literal: true

require "bcrypt"
require "jwt"
require "openssl"

# Customers and clerks: passwords and tokens.
class Person
  def self.password(password)
    BCrypt::Password.create(password, cost: 12)
  end

  def self.first_password(text)
    password_hash = BCrypt::Password.create(text, cost: 12)
    password_hash
  end

  def self.export_key(pass, salt)
    OpenSSL::KDF.pbkdf2_hmac(pass, salt: salt, iterations: 600_000, length: 32, hash: "sha256")
  end

  def self.archive_key(password, salt)
    OpenSSL::KDF.scrypt(password, salt: salt, N: 2**17, r: 8, p: 1, length: 32)
  end

  def self.claims(token, key)
    JWT.decode(token, key, true, algorithm: "RS256", verify_expiration: true)
  end

  def self.issue(payload)
    JWT.encode(payload, ENV.fetch("JWT_SECRET"), "HS256")
  end
end
