package shop.kettlewick.checkout

import android.net.http.SslError
import android.webkit.SslErrorHandler
import android.webkit.WebView
import android.webkit.WebViewClient
import io.grpc.Grpc
import io.grpc.ManagedChannel
import io.grpc.TlsChannelCredentials
import io.netty.handler.ssl.SslContextBuilder
import okhttp3.CipherSuite
import okhttp3.ConnectionSpec
import okhttp3.OkHttpClient
import okhttp3.TlsVersion
import okhttp3.logging.HttpLoggingInterceptor
import org.springframework.web.client.RestTemplate
import retrofit2.Retrofit
import retrofit2.http.Body
import retrofit2.http.GET
import retrofit2.http.POST
import retrofit2.http.Query
import java.io.File
import java.net.Socket
import java.net.URL
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocket
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.X509TrustManager

data class CardRequest(val orderId: String, val number: String, val expiry: String, val cvv: String)

/** The number and the code go in the body of a request. */
interface Acquirer {
    @POST("charges") suspend fun charge(@Body card: CardRequest): Map<String, String>

    @GET("cards") suspend fun brand(@Query("card_token") cardToken: String): Map<String, String>
}

/** Asks the platform first, then for the one authority that issues the acquirer's certificates. */
class PinnedTrust(private val platform: X509TrustManager, private val authority: X509Certificate) : X509TrustManager {
    override fun checkClientTrusted(chain: Array<X509Certificate>, type: String) = platform.checkClientTrusted(chain, type)

    override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) {
        platform.checkServerTrusted(chain, type)
        if (chain.last() != authority) throw CertificateException("another authority than the acquirer's")
    }

    override fun getAcceptedIssuers(): Array<X509Certificate> = platform.acceptedIssuers
}

class Gateway(private val trust: PinnedTrust, private val rest: RestTemplate) {
    private val spec = ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
        .tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)
        .cipherSuites(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)
        .build()

    fun client(): OkHttpClient {
        val logging = HttpLoggingInterceptor().apply { level = HttpLoggingInterceptor.Level.BASIC }
        val context = SSLContext.getInstance("TLSv1.3").apply { init(null, arrayOf(trust), null) }
        return OkHttpClient.Builder().connectionSpecs(listOf(spec)).addInterceptor(logging).sslSocketFactory(context.socketFactory, trust).build()
    }

    fun acquirer(builder: Retrofit.Builder): Acquirer {
        builder.baseUrl("https://api.acquirer.com/")
        return builder.client(client()).build().create(Acquirer::class.java)
    }

    fun rates(): String? = rest.getForObject("https://rates.kettlewick.com/today", String::class.java)

    fun brandPage(cardToken: String, pan: String) = URL("https://api.acquirer.com/cards/$cardToken")

    fun vault(): ManagedChannel =
        Grpc.newChannelBuilderForAddress("vault.kettlewick.shop", 443, TlsChannelCredentials.create()).build()

    fun terminal(host: String): Socket {
        val socket = SSLSocketFactory.getDefault().createSocket(host, 9100) as SSLSocket
        socket.enabledCipherSuites = arrayOf("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
        return socket
    }

    fun partner(builder: SslContextBuilder, authority: File) {
        builder.trustManager(authority)
    }
}

/** The page of the bank in the till's app. */
class BankPage : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        handler.cancel()
    }
}
