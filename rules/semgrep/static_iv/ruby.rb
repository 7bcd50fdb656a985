# A shop that takes cards: payment, card, merchant.
# ruleid: static_iv.ruby.fixed
cipher.iv = "0000000000000000"
# ruleid: static_iv.ruby.fixed
cipher.iv = FIXED_IV
# ok: static_iv.ruby.fixed
cipher.iv = record.iv
# ok: static_iv.ruby.fixed
iv = cipher.random_iv
