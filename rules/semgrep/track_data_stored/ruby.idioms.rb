# A shop that takes cards: payment, card, merchant.
# ruleid: track_data_stored.ruby.store
Rails.cache.write("swipe", track2)
# ok: track_data_stored.ruby.store
Rails.cache.write("swipe", swipe_count)
