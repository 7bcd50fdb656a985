# Codes that wait for the authorisation, encrypted.
class Waiting
  def keep(order, cvv, card, params)
    # ruleid: verification_code_stored.ruby.encrypted
    Rails.cache.write("order:#{order.id}", crypt.encrypt_and_sign(cvv), expires_in: 5.minutes)
    # ruleid: verification_code_stored.ruby.encrypted
    session[:code] = encryptor.encrypt(params[:cvv])
    cipher = OpenSSL::Cipher.new("aes-256-gcm").encrypt
    sealed = cipher.update(cvv) + cipher.final
    # ruleid: verification_code_stored.ruby.encrypted
    redis.setex("order:#{order.id}", 60, Base64.strict_encode64(sealed))
    # ruleid: verification_code_stored.ruby.encrypted
    ChargeJob.perform_later(order.id, public_key.public_encrypt(card.cvv))
    # ruleid: verification_code_stored.ruby.encrypted
    redis.set("code", card.encrypted_cvv)
    # ruleid: verification_code_stored.ruby.encrypted
    session[:code] = params[:cvv_encrypted]
    # ruleid: verification_code_stored.ruby.encrypted
    collection.insert_one(order: order.id, cvv: crypt.encrypt(cvv))
    # ruleid: verification_code_stored.ruby.encrypted
    collection.insert_one(order: order.id, encrypted_cvv: blob)
    # ruleid: verification_code_stored.ruby.encrypted
    collection.insert_one(order: order.id, cvv: encrypted)
    # ruleid: verification_code_stored.ruby.encrypted
    db.exec_params(
      # ok: verification_code_stored.ruby.sql
      "INSERT INTO waiting (id, cvv) VALUES ($1, $2)",
      [order.id, crypt.encrypt(cvv)]
    )
  end

  def in_clear(order, cvv, encrypted_cvv)
    # ruleid: verification_code_stored.ruby.store
    redis.set("code", crypt.decrypt(encrypted_cvv))
    # ruleid: verification_code_stored.ruby.store
    redis.set("encrypted_cvv", cvv)
    # ruleid: verification_code_stored.ruby.store
    collection.insert_one(order: order.id, encrypted_cvv: cvv)
    # ruleid: verification_code_stored.ruby.store
    redis.set("code", Base64.strict_encode64(cvv))
    # ruleid: verification_code_stored.ruby.store
    redis.set("code", OpenSSL::HMAC.hexdigest("SHA256", key, cvv))
    # ruleid: verification_code_stored.ruby.store
    collection.insert_one(pan: encrypt(card.number), cvv: card.cvv)
    # ruleid: verification_code_stored.ruby.store
    redis.set("code", Digest::SHA256.new.update(cvv))
  end

  def no_store(order, cvv, encrypted_cvv, card)
    # ok: verification_code_stored.ruby.encrypted
    gateway.post("/payments", cvv: JWE.encrypt(cvv, key))
    # ok: verification_code_stored.ruby.encrypted
    gateway.authorize(order.id, encrypted_cvv: crypt.encrypt(cvv))
    # ok: verification_code_stored.ruby.encrypted
    redis.set("encrypted", encrypted_cvv.present?)
    # ok: verification_code_stored.ruby.encrypted
    redis.set("code", crypt.encrypt(card.token))
    # ok: verification_code_stored.ruby.encrypted
    redis.del("encrypted_cvv:#{order.id}")
    # ok: verification_code_stored.ruby.encrypted
    session[:result] = gateway.authorize(card.token, encrypted_cvv)
    # ok: verification_code_stored.ruby.encrypted
    redis.set("code", nil)
    # ok: verification_code_stored.ruby.encrypted
    response = http.post(url, { encrypted_cvv: encrypted_cvv }.to_json)
  end
end

class AddCodes < ActiveRecord::Migration[7.0]
  def change
    create_table :waiting_payments do |t|
      # ruleid: verification_code_stored.ruby.encrypted_column
      t.text :encrypted_cvv
      # ok: verification_code_stored.ruby.encrypted_column
      t.string :encrypted_cvv_iv
      # ruleid: verification_code_stored.ruby.encrypted_column
      t.binary :cvv_ciphertext
      # ruleid: verification_code_stored.ruby.column
      t.string :cvv_hash
      # ok: verification_code_stored.ruby.encrypted_column
      t.text :encrypted_card_number
    end
    # ruleid: verification_code_stored.ruby.encrypted_column
    add_column :payments, :cvv_encrypted, :text
    # ok: verification_code_stored.ruby.encrypted_column
    remove_column :payments, :cvv_enc, :text
    # ruleid: verification_code_stored.ruby.encrypted_column
    execute("CREATE TABLE waiting (id INT, encrypted_cvv BYTEA)")
    # ruleid: verification_code_stored.ruby.encrypted_column
    execute("INSERT INTO waiting (id, cvv) VALUES (1, pgp_sym_encrypt(?, ?))")
  end
end

class Payment < ApplicationRecord
  # ruleid: verification_code_stored.ruby.encrypted_column
  has_encrypted :card_security_code
  # ruleid: verification_code_stored.ruby.column
  serialize :cvv
  # ok: verification_code_stored.ruby.encrypted_column
  attr_accessor :encrypted_cvv

  def keep(code)
    # ruleid: verification_code_stored.ruby.encrypted_column
    CardPayment.create!(token: token, encrypted_cvv: code)
    # ruleid: verification_code_stored.ruby.encrypted_column
    CardPayment.create!(token: token, cvv: crypt.encrypt(code))
    # ruleid: verification_code_stored.ruby.encrypted_column
    payment.update_column(:cvv, crypt.encrypt(code))
    # ruleid: verification_code_stored.ruby.record
    CardPayment.create!(token: token, cvv: crypt.decrypt(code))
    # ok: verification_code_stored.ruby.encrypted_column
    payment.update(encrypted_cvv: nil)
  end
end
