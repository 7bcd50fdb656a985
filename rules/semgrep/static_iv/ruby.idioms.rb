# A shop that takes cards: payment, card, merchant.
# ruleid: static_iv.ruby.fixed
cipher.iv = "\0" * 16
# ruleid: static_iv.ruby.fixed
cipher.iv = key
# ok: static_iv.ruby.fixed
cipher.iv = data[0, 12]
# ok: static_iv.ruby.fixed
cipher.iv = Base64.decode64(record.iv)
