package shop.kettlewick.checkout

import android.telephony.SmsManager
import com.google.gson.Gson
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.sentry.Sentry
import org.slf4j.LoggerFactory

private val logger = LoggerFactory.getLogger("payments")
private val gson = Gson()

fun Route.payments(acquirer: Acquirer, vault: Vault) {
    post("/payments") {
        val card = call.receive<CardRequest>()
        val pan = card.number
        require(pan.all { it in '0'..'9' }) { "the number of order ${card.orderId} is not valid" }
        acquirer.charge(card)
        call.respond(mapOf("token" to vault.newToken(), "number" to "**** " + card.number.takeLast(4)))
    }
    get("/receipts/{name}") {
        val name = call.parameters["name"].orEmpty()
        ProcessBuilder("print-receipt", name).start()
    }
}

fun report(card: CardRequest, receipt: Map<String, String>) {
    val pan = card.number
    val cvv = card.cvv
    logger.info("charged card ending in ${pan.takeLast(4)}")
    logger.info("order {}", card.orderId)
    logger.debug("receipt " + gson.toJson(receipt))
    Sentry.captureMessage("declined ${pan.takeLast(4)}")
}

fun refused(pan: String): Nothing = throw IllegalArgumentException("the card ending in ${pan.takeLast(4)} is refused")

fun told(smsManager: SmsManager, phone: String, pan: String) {
    smsManager.sendTextMessage(phone, null, "You paid with the card ending in ${pan.takeLast(4)}", null, null)
}
