# A shop that takes cards: payment, card, merchant.
# ruleid: pan_overdisplayed.ruby.response
render json: { status: "ok", card_number: @card.card_number }
# ruleid: pan_overdisplayed.ruby.response
send_data(card_number)
# ok: pan_overdisplayed.ruby.response
render json: { card: mask_card(card_number) }
# ok: pan_overdisplayed.ruby.response
render :show
# ruleid: pan_overdisplayed.ruby.mask
card.number[0..14]
# ok: pan_overdisplayed.ruby.mask
card_number.first(6)
# ok: pan_overdisplayed.ruby.mask
gift_card_number.last(8)
