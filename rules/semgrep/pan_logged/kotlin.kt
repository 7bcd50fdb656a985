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

class Texts(private val audit: Logger) {
    fun texts(card: Card, pan: String, sdCard: File, line: StringBuilder) {
        // ruleid: pan_logged.kotlin.card_object
        logger.info("charging $card")
        // ruleid: pan_logged.kotlin.card_object
        Timber.d("charging ${order.creditCard} now")
        // ok: pan_logged.kotlin.card_object
        logger.info("charging ${card.token}")
        // ok: pan_logged.kotlin.card_object
        logger.info("mounted $sdCard")
        // ruleid: pan_logged.kotlin
        audit.info("card {}", pan)
        line.append("amount=").append(card.amount).append(", pan=").append(pan)
        // ruleid: pan_logged.kotlin
        logger.info(line.toString())
        // ruleid: pan_logged.kotlin.serialized
        logger.info("card " + gson.toJson(card))
        // ok: pan_logged.kotlin.serialized
        logger.info("receipt " + gson.toJson(receipt))
    }

    fun safe(card: Card, pan: String) {
        val line = StringBuilder()
        line.append("amount=").append(card.amount).append(", pan=").append(mask(pan))
        // ok: pan_logged.kotlin
        logger.info(line.toString())
    }
}
