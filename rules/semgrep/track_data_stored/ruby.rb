# A shop that takes cards: payment, card, merchant.
# ruleid: track_data_stored.ruby.column
t.text :track_data, comment: "of the card"
# ok: track_data_stored.ruby.column
t.string :track_status
# ruleid: track_data_stored.ruby.encrypted
encrypts :track_data
# ok: track_data_stored.ruby.encrypted
encrypts :address
# ruleid: track_data_stored.ruby.store
session[:swipe] = track_data
# ruleid: track_data_stored.ruby.store
SwipeJob.perform_later(track_data)
# ok: track_data_stored.ruby.store
terminal.charge(track_data)
# ok: track_data_stored.ruby.store
session[:t] = track_title
