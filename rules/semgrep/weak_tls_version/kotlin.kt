package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: weak_tls_version.kotlin.protocol
        val a = SSLContext.getInstance("TLSv1")
        // ruleid: weak_tls_version.kotlin.constant
        builder.tlsVersions(TlsVersion.TLS_1_0)
        // ok: weak_tls_version.kotlin.protocol
        val b = SSLContext.getInstance("TLSv1.3")
        // ok: weak_tls_version.kotlin.constant
        builder.tlsVersions(TlsVersion.TLS_1_3)
    }
}
