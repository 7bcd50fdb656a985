package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_logged.kotlin
        Log.d(TAG, "card $pan")
        // ruleid: pan_logged.kotlin
        Timber.d("card %s", pan)
        // ruleid: pan_logged.kotlin
        logger.info { "card ${card.number}" }
        // ruleid: pan_logged.kotlin
        logger.info("card {}", card.cardNumber)
        // ruleid: pan_logged.kotlin
        println("card $pan")
        val line = "card=" + pan
        // ruleid: pan_logged.kotlin
        logger.debug(line)
        val fields = mapOf("card" to pan)
        // ruleid: pan_logged.kotlin
        logger.info("fields {}", fields)
        // ruleid: pan_logged.kotlin.card_object
        logger.info(card)
        // ok: pan_logged.kotlin.card_object
        logger.info(card.token)
        // ok: pan_logged.kotlin
        Log.d(TAG, "card ${pan.takeLast(4)}")
        // ok: pan_logged.kotlin
        logger.info { "card ${mask(pan)}" }
        // ok: pan_logged.kotlin
        logger.info("card {}", card.maskedNumber)
        // ok: pan_logged.kotlin
        logger.info("length {}", pan.length)
        // ok: pan_logged.kotlin
        Timber.d("gift card %s", order.giftCardNumber)
    }
}

class Clients {
    fun build(debug: Boolean): OkHttpClient {
        // ruleid: pan_logged.kotlin.http_body
        val logging = HttpLoggingInterceptor().apply { level = HttpLoggingInterceptor.Level.BODY }
        // ok: pan_logged.kotlin.http_body
        if (debug) logging.level = HttpLoggingInterceptor.Level.BODY
        // ok: pan_logged.kotlin.http_body
        logging.level = if (BuildConfig.DEBUG) HttpLoggingInterceptor.Level.BODY else HttpLoggingInterceptor.Level.NONE
        // ok: pan_logged.kotlin.http_body
        logging.level = HttpLoggingInterceptor.Level.BASIC
        return OkHttpClient.Builder().addInterceptor(logging).build()
    }

    fun ktor() = HttpClient(CIO) {
        install(Logging) {
            // ruleid: pan_logged.kotlin.http_body
            level = LogLevel.ALL
        }
    }
}
