package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: cleartext_transport.kotlin.http
        builder.baseUrl("http://api.acquirer.com/")
        // ruleid: cleartext_transport.kotlin.address
        val paymentUrl = "http://payments.acquirer.com/v1"
        // ok: cleartext_transport.kotlin.http
        builder.baseUrl("https://api.acquirer.com/")
        // ok: cleartext_transport.kotlin.http
        builder.baseUrl("http://10.0.2.2:8080/")
        // ok: cleartext_transport.kotlin.address
        val billingUrl = "https://payments.acquirer.com/v1"
    }
}
