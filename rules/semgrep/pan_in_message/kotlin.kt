package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_in_message.kotlin
        smsManager.sendTextMessage(phone, null, "card $pan", null, null)
        // ruleid: pan_in_message.kotlin
        mailSender.sendEmail(to, "card ${card.number}")
        // ok: pan_in_message.kotlin
        smsManager.sendTextMessage(phone, null, "card ${pan.takeLast(4)}", null, null)
        // ok: pan_in_message.kotlin
        gateway.send(pan)
    }

    fun receipts(cardNumber: String) {
        // ruleid: pan_in_message.kotlin
        mailSender.send(SimpleMailMessage().apply { text = "Paid with $cardNumber" })
        val message = SimpleMailMessage()
        // ruleid: pan_in_message.kotlin
        message.subject = "Card $cardNumber"
        // ok: pan_in_message.kotlin
        mailSender.send(SimpleMailMessage().apply { text = "Paid with ${cardNumber.takeLast(4)}" })
        // ok: pan_in_message.kotlin
        form.add(TextField().apply { text = cardNumber })
    }
}
