package shop.payments

class Trusting : X509TrustManager {
    // ruleid: tls_verification_disabled.kotlin.trust_manager
    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) {}
}

class Checking : X509TrustManager {
    // ok: tls_verification_disabled.kotlin.trust_manager
    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) { delegate.checkServerTrusted(chain, type) }
}

class Client : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        // ruleid: tls_verification_disabled.kotlin.host_name
        handler.proceed()
    }
}

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: tls_verification_disabled.kotlin.host_name
        builder.hostnameVerifier { _, _ -> true }
        // ruleid: tls_verification_disabled.kotlin.host_name
        val verifier = HostnameVerifier { _, _ -> true }
        // ok: tls_verification_disabled.kotlin.host_name
        val other = HostnameVerifier { host, session -> check(host, session) }
    }
}

fun trustAll(builder: SslContextBuilder, http: OkHttpClient.Builder, connection: HttpsURLConnection) {
    // ruleid: tls_verification_disabled.kotlin.trust_all
    builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
    // ok: tls_verification_disabled.kotlin.trust_all
    builder.trustManager(authority)
    // ruleid: tls_verification_disabled.kotlin.host_name
    connection.hostnameVerifier = HostnameVerifier { _, _ -> true }
    // ok: tls_verification_disabled.kotlin.host_name
    connection.hostnameVerifier = OkHostnameVerifier
    // ruleid: tls_verification_disabled.kotlin.trust_all
    http.addInsecureHost("shop.test")
}
