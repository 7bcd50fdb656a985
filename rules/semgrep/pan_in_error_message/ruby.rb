# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_error_message.ruby.raise
raise "bad card #{card_number}"
# ruleid: pan_in_error_message.ruby.raise
raise ArgumentError, "bad card #{card.number}"
# ruleid: pan_in_error_message.ruby.raise
raise CardError.new("bad #{card_number}")
# ok: pan_in_error_message.ruby.raise
raise "bad card #{card_number.last(4)}"
# ok: pan_in_error_message.ruby.raise
raise ArgumentError, "bad card" unless card_number
# ok: pan_in_error_message.ruby.raise
raise CardError.new("bad #{card.token}")
# ruleid: pan_in_error_message.ruby.response
errors.add(:base, "bad #{card_number}")
# ruleid: pan_in_error_message.ruby.response
halt 400, "bad #{card_number}"
# ruleid: pan_in_error_message.ruby.response
render json: { error: "bad #{card_number}" }, status: 422
# ok: pan_in_error_message.ruby.response
errors.add(:card_number, :invalid)
# ok: pan_in_error_message.ruby.response
render json: { error: "bad #{card.last4}" }, status: 422
