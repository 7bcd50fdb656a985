# A shop that takes cards: payment, card, merchant.
# ruleid: pan_unkeyed_hash.ruby.digest
Digest::SHA256.hexdigest(card_number)
# ruleid: pan_unkeyed_hash.ruby.digest
OpenSSL::Digest.hexdigest("SHA256", card.number)
# ok: pan_unkeyed_hash.ruby.digest
OpenSSL::HMAC.hexdigest("SHA256", key, card_number)
# ok: pan_unkeyed_hash.ruby.digest
Digest::SHA256.hexdigest(token)
