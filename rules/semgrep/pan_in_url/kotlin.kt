package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: pan_in_url.kotlin
        val a = URL("https://acquirer.example/cards/$pan")
        // ruleid: pan_in_url.kotlin
        val b = Uri.parse("https://acquirer.example/?pan=" + card.number)
        // ruleid: pan_in_url.kotlin
        builder.addQueryParameter("pan", pan)
        // ok: pan_in_url.kotlin
        val c = URL("https://acquirer.example/cards/${card.token}")
        // ok: pan_in_url.kotlin
        val d = URL("https://acquirer.example/bins/${pan.take(6)}")
    }
}

interface CardApi {
    // ruleid: pan_in_url.kotlin.route
    @GET("verify") suspend fun verify(@Query("card_number") cardNumber: String): Response<Card>
    @GET("cards/{pan}/balance")
    // ruleid: pan_in_url.kotlin.route
    suspend fun balance(@Path("pan") pan: String): Response<Balance>
    // ok: pan_in_url.kotlin.route
    @POST("verify") suspend fun verifyInBody(@Body card: CardRequest): Response<Card>
    // ok: pan_in_url.kotlin.route
    @GET("verify") suspend fun byToken(@Query("card_token") cardToken: String): Response<Card>
    // ok: pan_in_url.kotlin.route
    @FormUrlEncoded @POST("pay") suspend fun pay(@Field("card_number") cardNumber: String): Response<Card>
}

fun Route.cards() {
    // ruleid: pan_in_url.kotlin.route
    get("/cards/{cardNumber}") { call.respond(OK) }
    // ok: pan_in_url.kotlin.route
    get("/cards/{cardId}") { call.respond(OK) }
}
