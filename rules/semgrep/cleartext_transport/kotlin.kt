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

fun connections(channel: ManagedChannelBuilder<*>, host: String) {
    // ruleid: cleartext_transport.kotlin.connection
    ManagedChannelBuilder.forAddress("acquirer.shop-payments.net", 443).usePlaintext().build()
    // ok: cleartext_transport.kotlin.connection
    ManagedChannelBuilder.forAddress("localhost", 443).usePlaintext().build()
    // ruleid: cleartext_transport.kotlin.database
    val database = "jdbc:postgresql://db.shop-payments.net/shop?sslmode=disable"
    // ok: cleartext_transport.kotlin.database
    val local = "jdbc:postgresql://localhost/shop?sslmode=disable"
    // ruleid: cleartext_transport.kotlin.socket
    val socket = Socket(host, 9100)
    // ok: cleartext_transport.kotlin.socket
    val secure = SSLSocketFactory.getDefault().createSocket(host, 9100)
    // ok: cleartext_transport.kotlin.socket
    val here = Socket("localhost", 9100)
    // ok: cleartext_transport.kotlin.socket
    val free = ServerSocket(0).use { it.localPort }
}

fun read(rest: RestTemplate, client: HttpClient, cache: Cache) {
    // ruleid: cleartext_transport.kotlin.read
    rest.getForObject("http://rates.kettlewick.com/today", String::class.java)
    // ruleid: cleartext_transport.kotlin.read
    val answer = client.get("http://rates.kettlewick.com/today")
    // ruleid: cleartext_transport.kotlin.read
    rest.postForEntity("http://example.com/orders", order, String::class.java)
    // ok: cleartext_transport.kotlin.read
    rest.getForObject("https://rates.kettlewick.com/today", String::class.java)
    // ok: cleartext_transport.kotlin.read
    rest.getForObject("http://rates:8080/today", String::class.java)
    // ok: cleartext_transport.kotlin.read
    val kept = cache.get("http://rates.kettlewick.com/today")
    // ruleid: cleartext_transport.kotlin.http
    rest.getForObject("http://payments.acquirer.com/v1", String::class.java)
    // ok: cleartext_transport.kotlin.read
    rest.getForObject("http://localhost:8080/today", String::class.java)
}
