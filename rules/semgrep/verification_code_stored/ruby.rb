# A shop that takes cards: payment, card, merchant.
# ruleid: verification_code_stored.ruby.column
add_column :cards, :cvv, :string
# ruleid: verification_code_stored.ruby.column
t.string :cvv, limit: 4
# ok: verification_code_stored.ruby.column
t.string :cvv_result
# ok: verification_code_stored.ruby.column
t.boolean :cvv_required
# ruleid: verification_code_stored.ruby.encrypted_column
encrypts :cvv
# ruleid: verification_code_stored.ruby.encrypted_column
attr_encrypted :cvc, key: key
# ok: verification_code_stored.ruby.encrypted_column
encrypts :card_number
# ok: verification_code_stored.ruby.encrypted_column
attr_accessor :cvv
# ruleid: verification_code_stored.ruby.sql
execute("INSERT INTO cards (token, cvv) VALUES (?, ?)")
# ok: verification_code_stored.ruby.sql
execute("INSERT INTO cards (token, last4) VALUES (?, ?)")
# ruleid: verification_code_stored.ruby.store
session[:code] = params[:cvv]
# ruleid: verification_code_stored.ruby.store
ChargeJob.perform_later(order.id, cvv)
# ruleid: verification_code_stored.ruby.store
Rails.cache.write("cvv", cvv)
# ruleid: verification_code_stored.ruby.store
redis.set(key, Digest::SHA256.hexdigest(cvv))
# ok: verification_code_stored.ruby.store
session[:code] = params[:order]
# ok: verification_code_stored.ruby.store
ChargeJob.perform_later(order.id, token)
# ok: verification_code_stored.ruby.store
gateway.authorize(amount, cvv)
# ruleid: verification_code_stored.ruby.record
CreditCard.create!(token: token, cvv: code)
# ruleid: verification_code_stored.ruby.record
card.update(cvv: code)
# ok: verification_code_stored.ruby.record
CreditCard.create!(token: token, last4: last4)
# ok: verification_code_stored.ruby.record
card.update(cvv: nil)
# ok: verification_code_stored.ruby.record
Stripe::Token.create(cvc: code)
