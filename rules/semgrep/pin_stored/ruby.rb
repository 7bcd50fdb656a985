# A shop that takes cards: payment, card, merchant.
# ruleid: pin_stored.ruby.column
t.string :pin_block
# ok: pin_stored.ruby.column
t.integer :gpio_pin
# ruleid: pin_stored.ruby.encrypted
encrypts :pin_block
# ok: pin_stored.ruby.encrypted
encrypts :address
# ruleid: pin_stored.ruby.store
Rails.cache.write("p", pin_block)
# ok: pin_stored.ruby.store
processor.authorize(pin_block)
# ruleid: pin_stored.ruby.record
Auth.create!(pin_block: value)
# ok: pin_stored.ruby.record
Auth.create!(pin_retries: value)
