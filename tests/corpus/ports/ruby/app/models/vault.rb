# frozen_string_literal: true

require "openssl"
require "securerandom"

# Cards become tokens here: AES-256-GCM under a fresh nonce, bound to the token.
module Vault
  module_function

  def last_four(card_number)
    card_number[-4..]
  end

  def masked(card)
    "**** **** **** #{card.number[-4..]}"
  end

  def seal(data, record_id)
    key = ENV.fetch("DATA_KEY").unpack1("m")
    cipher = OpenSSL::Cipher.new("aes-256-gcm").encrypt
    cipher.key = key
    nonce = OpenSSL::Random.random_bytes(12)
    cipher.iv = nonce
    cipher.auth_data = record_id
    sealed = cipher.update(data) + cipher.final
    nonce + cipher.auth_tag + sealed
  end

  # Equal for equal numbers, and for nobody without the key.
  def fingerprint(card_number)
    OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("FINGERPRINT_KEY"), card_number)
  end

  def new_token
    card_token = "tok_#{SecureRandom.urlsafe_base64(24)}"
    card_token
  end

  def generate_token
    SecureRandom.random_number(1_000_000)
  end

  def new_terminal_key
    OpenSSL::PKey::RSA.generate(3072)
  end

  def new_archive_key
    size = 3072
    OpenSSL::PKey::RSA.new(size)
  end

  def export_key(cipher, pass)
    kept = OpenSSL::PKey::RSA.new(3072)
    kept.export(cipher, pass)
  end

  def new_receipt_key
    OpenSSL::PKey::EC.generate("prime256v1")
  end

  def sign_receipt(cert, key)
    cert.sign(key, OpenSSL::Digest.new("SHA256"))
  end

  def load_key(pem)
    OpenSSL::PKey::RSA.new(pem, ENV.fetch("KEY_PASSPHRASE"))
  end

  def webhook_signature(key, data)
    OpenSSL::HMAC.hexdigest(OpenSSL::Digest.new("sha256"), key, data)
  end

  def digest(text)
    Digest::SHA256.new.update(text).hexdigest
  end
end
