# A shop that takes cards: payment, card, merchant.
# ruleid: pan_overdisplayed.ruby.response
render json: { number: card_number }
# ruleid: pan_overdisplayed.ruby.response
render plain: card.number
# ok: pan_overdisplayed.ruby.response
render json: { number: card_number.last(4) }
# ok: pan_overdisplayed.ruby.response
render json: { token: card.token }
# ruleid: pan_overdisplayed.ruby.mask
card_number[0..11]
# ruleid: pan_overdisplayed.ruby.mask
card_number.last(8)
# ok: pan_overdisplayed.ruby.mask
card_number.last(4)
# ok: pan_overdisplayed.ruby.mask
card_number[0..5]
class CardSerializer < ActiveModel::Serializer
  # ruleid: pan_overdisplayed.ruby.serializer
  attributes :id, :card_number
end
class CartSerializer < ActiveModel::Serializer
  # ok: pan_overdisplayed.ruby.serializer
  attributes :id, :card_last4
end
