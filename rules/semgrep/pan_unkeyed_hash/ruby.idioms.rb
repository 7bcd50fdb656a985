# A shop that takes cards: payment, card, merchant.
# ruleid: pan_unkeyed_hash.ruby.digest
OpenSSL::Digest.new("SHA256").update(card_number).hexdigest
# ruleid: pan_unkeyed_hash.ruby.digest
Digest::SHA256.hexdigest("#{salt}#{card_number}")
# ruleid: pan_unkeyed_hash.ruby.digest
Digest::SHA512.base64digest(params[:card_number])
# ruleid: pan_unkeyed_hash.ruby.digest
BCrypt::Password.create(card_number)
# ok: pan_unkeyed_hash.ruby.digest
Digest::SHA256.hexdigest(order.id.to_s)
# ok: pan_unkeyed_hash.ruby.digest
Digest::SHA256.hexdigest(card_number.last(4))
