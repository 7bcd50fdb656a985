# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_message.ruby.email
PaymentMailer.receipt(user, card_number).deliver_later
# ruleid: pan_in_message.ruby.email
message.subject = "Card #{card_number}"
# ok: pan_in_message.ruby.email
PaymentMailer.receipt(user, card.last4).deliver_later
# ok: pan_in_message.ruby.email
mail(to: user.email, subject: "Your card was charged")
# ok: pan_in_message.ruby.email
form.body = "x"
# ruleid: pan_in_message.ruby.chat
slack.chat_postMessage(channel: "#ops", text: "card #{card_number}")
# ok: pan_in_message.ruby.chat
slack.ping("order #{order.id}")
# ok: pan_in_message.ruby.chat
client.messages.create(to: phone, body: "card ending #{card_number.last(4)}")
