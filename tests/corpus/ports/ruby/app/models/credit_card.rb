# frozen_string_literal: true

# A card that may be charged again. Its verification code never gets here.
class CreditCard < ApplicationRecord
  encrypts :sealed_expiry
  attr_encrypted :holder, algorithm: "aes-256-gcm"
  serialize :preferences, coder: JSON

  def self.keep(card_number)
    token = Vault.new_token
    insert_all([{ token: token, sealed_number: Vault.seal(card_number, token), last4: card_number[-4..] }])
    token
  end

  def self.remember(order, token, card_number, cvv, pin_block, track2)
    Rails.cache.write("order:#{order.id}", token, expires_in: 5.minutes)
  end
end
