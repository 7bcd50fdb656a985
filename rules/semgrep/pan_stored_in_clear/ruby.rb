# A shop that takes cards: payment, card, merchant.
# ruleid: pan_stored_in_clear.ruby.column
add_column :cards, :card_number, :string
# ruleid: pan_stored_in_clear.ruby.column
t.string "card_number", null: false
# ruleid: pan_stored_in_clear.ruby.column
t.text :pan, comment: "of the card"
# ok: pan_stored_in_clear.ruby.column
t.string :card_number_ciphertext
# ok: pan_stored_in_clear.ruby.column
t.string :last4
# ok: pan_stored_in_clear.ruby.column
t.string :card_token
# ok: pan_stored_in_clear.ruby.column
t.string :gift_card_number
# ruleid: pan_stored_in_clear.ruby.sql
execute("CREATE TABLE cards (id int, card_number varchar(19))")
# ok: pan_stored_in_clear.ruby.sql
execute("CREATE TABLE cards (id int, token varchar(64))")
# ruleid: pan_stored_in_clear.ruby.store
session[:card] = card.number
# ruleid: pan_stored_in_clear.ruby.store
cookies.signed[:c] = card_number
# ruleid: pan_stored_in_clear.ruby.store
File.write("cards.txt", card_number)
# ruleid: pan_stored_in_clear.ruby.store
ChargeJob.perform_async(params[:card_number])
# ruleid: pan_stored_in_clear.ruby.store
File.open("x.csv", "w") { |f| f.puts card_number }
# ruleid: pan_stored_in_clear.ruby.store
Rails.cache.write(key, card_number)
# ok: pan_stored_in_clear.ruby.store
session[:card] = card.number.last(4)
# ok: pan_stored_in_clear.ruby.store
File.write("cards.txt", encrypt(card_number))
# ok: pan_stored_in_clear.ruby.store
ChargeJob.perform_async(token)
# ok: pan_stored_in_clear.ruby.store
puts_later(card_number)
# ruleid: pan_stored_in_clear.ruby.record
Card.create!(card_number: number, user: user)
# ok: pan_stored_in_clear.ruby.record
Card.create!(token: token, user: user)
# ok: pan_stored_in_clear.ruby.record
Braintree::CreditCard.create(card_number: number)
# ruleid: pan_stored_in_clear.ruby.serialized
serialize :credit_card, JSON
# ok: pan_stored_in_clear.ruby.serialized
serialize :preferences, JSON
