# A shop that takes cards: payment, card, merchant.
# ruleid: pan_stored_in_clear.ruby.column
t.column :pan, :string, comment: "of the card"
# ruleid: pan_stored_in_clear.ruby.column
change_table(:payments) { |t| t.string :cc_number }
# ruleid: pan_stored_in_clear.ruby.column
field :card_number, type: String
# ok: pan_stored_in_clear.ruby.column
add_column :people, :id_card_number, :string
# ok: pan_stored_in_clear.ruby.column
remove_column :cards, :card_number
# ok: pan_stored_in_clear.ruby.column
t.string :card_number_digest
# ruleid: pan_stored_in_clear.ruby.table
create_table(:credit_cards) { |t| t.string :number }
# ok: pan_stored_in_clear.ruby.table
create_table(:gift_cards) { |t| t.string :number }
# ok: pan_stored_in_clear.ruby.table
create_table(:orders) { |t| t.string :number }
# ok: pan_stored_in_clear.ruby.table
create_table(:credit_cards) { |t| t.string :last_digits }
# ruleid: pan_stored_in_clear.ruby.store
Delayed::Job.enqueue(ChargeJob.new(card_number))
# ok: pan_stored_in_clear.ruby.store
Delayed::Job.enqueue(ChargeJob.new(card.token))
# ruleid: pan_stored_in_clear.ruby.store
REDIS.hset("cards", id, { number: card_number }.to_json)
# ruleid: pan_stored_in_clear.ruby.store
CSV.open("out.csv", "wb") { |csv| csv << [order.id, card_number] }
# ruleid: pan_stored_in_clear.ruby.store
DB[:cards].insert(pan: card_number)
# ruleid: pan_stored_in_clear.ruby.store
connection.execute("INSERT INTO cards (n) VALUES ('#{card_number}')")
# ruleid: pan_stored_in_clear.ruby.store
producer.produce(topic: "payments", payload: { card_number: card_number }.to_json)
# ok: pan_stored_in_clear.ruby.store
redis.set("order:#{order.id}:card_token", token)
# ok: pan_stored_in_clear.ruby.store
File.write("cards.txt", card_number.last(4))
# ok: pan_stored_in_clear.ruby.store
Rails.cache.write(key, OpenSSL::HMAC.hexdigest("SHA256", secret, card_number))
# ok: pan_stored_in_clear.ruby.store
MultiResponse.run { |r| r.process { authorize(card_number) } }
# ruleid: pan_stored_in_clear.ruby.record
Card.insert_all([{ card_number: number }])
# ruleid: pan_stored_in_clear.ruby.record
order.update_column(:card_number, number)
# ok: pan_stored_in_clear.ruby.record
Card.create!(card_number_ciphertext: encrypted)
# ok: pan_stored_in_clear.ruby.record
order.update_column(:card_last4, last4)
# ok: pan_stored_in_clear.ruby.record
Card.create!(card_number: nil)
# ruleid: pan_stored_in_clear.ruby.serialized
serialize :payment_method_data, coder: JSON
# ok: pan_stored_in_clear.ruby.serialized
serialize :address, coder: JSON
