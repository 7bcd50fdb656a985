# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_error_message.ruby.raise
raise CardDeclined.new("declined: %s" % card_number)
# ruleid: pan_in_error_message.ruby.raise
fail PaymentError, "no bank for #{params[:card_number]}"
# ruleid: pan_in_error_message.ruby.raise
raise PaymentError, format("bad card %s", card_number)
# ok: pan_in_error_message.ruby.raise
raise InvalidCard, "card number must have #{card_number.length} digits"
# ok: pan_in_error_message.ruby.raise
raise PaymentError, "card #{mask(card_number)}"
# ok: pan_in_error_message.ruby.raise
raise PaymentError, "gift card #{gift_card_number}"
# ruleid: pan_in_error_message.ruby.response
flash[:error] = "Card #{card_number} declined"
# ruleid: pan_in_error_message.ruby.response
render json: { errors: [card_number] }, status: :unprocessable_entity
# ok: pan_in_error_message.ruby.response
flash[:error] = "Card #{card_number.last(4)} declined"
# ok: pan_in_error_message.ruby.response
errors.add(:base, "no card number given")
