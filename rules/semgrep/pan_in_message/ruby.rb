# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_message.ruby.email
mail(to: user.email, body: "Paid with #{card_number}")
# ruleid: pan_in_message.ruby.email
ReceiptMailer.with(number: card_number).deliver_later
# ok: pan_in_message.ruby.email
mail(to: user.email, body: "Paid with #{card_number.last(4)}")
# ruleid: pan_in_message.ruby.chat
client.messages.create(to: phone, body: "Paid with #{card_number}")
# ruleid: pan_in_message.ruby.chat
slack.ping("Paid with #{card_number}")
# ok: pan_in_message.ruby.chat
slack.ping("Paid with #{card.last4}")
