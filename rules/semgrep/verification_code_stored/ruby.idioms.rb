# A shop that takes cards: payment, card, merchant.
# ruleid: verification_code_stored.ruby.column
change_table(:payments) { |t| t.string :cvc }
# ruleid: verification_code_stored.ruby.column
field :cvv, type: String
# ok: verification_code_stored.ruby.column
remove_column :cards, :cvv, :string
# ok: verification_code_stored.ruby.column
t.string :cvv_response
# ruleid: verification_code_stored.ruby.table
create_table(:credit_cards) { |t| t.string :security_code }
# ok: verification_code_stored.ruby.table
create_table(:users) { |t| t.string :security_code }
# ok: verification_code_stored.ruby.table
create_table(:credit_cards) { |t| t.string :last_digits }
# ruleid: verification_code_stored.ruby.encrypted_column
cookies.encrypted[:cvv] = params[:cvv]
# ruleid: verification_code_stored.ruby.store
collection.insert_one(token: token, cvv: cvv)
# ruleid: verification_code_stored.ruby.store
sqs.send_message(queue_url: url, message_body: { cvv: cvv }.to_json)
# ruleid: verification_code_stored.ruby.encrypted
redis.set("cvv", encrypt(cvv))
# ok: verification_code_stored.ruby.store
session[:cvv_result] = response.cvv_result["code"]
# ok: verification_code_stored.ruby.store
redis.set("card", cvv.present?)
# ruleid: verification_code_stored.ruby.record
order.update_column(:cvv, params[:cvv])
# ruleid: verification_code_stored.ruby.record
write_record.update_attribute(:cvv, code)
# ok: verification_code_stored.ruby.record
order.update_column(:cvv_result, code)
# ok: verification_code_stored.ruby.record
card.update_attribute(:cvv, nil)
