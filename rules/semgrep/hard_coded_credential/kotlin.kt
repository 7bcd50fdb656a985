package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: hard_coded_credential.kotlin.variable
        val dbPassword = "Qw7-kiwi-lamp"
        // ruleid: hard_coded_credential.kotlin.address
        val a = "amqp://shop:Qw7-kiwi-lamp@broker.shop.net:5672"
        // ok: hard_coded_credential.kotlin.variable
        val passwordLabel = "Password"
        // ok: hard_coded_credential.kotlin.address
        val b = "amqp://broker.shop.net:5672"
    }
}
