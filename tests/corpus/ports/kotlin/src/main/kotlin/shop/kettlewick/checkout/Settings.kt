package shop.kettlewick.checkout

import com.auth0.jwt.algorithms.Algorithm
import java.util.Base64

/** What the secret store fills: nothing has a default, and the start fails without it. */
object Settings {
    private fun required(name: String): String =
        System.getenv(name)?.takeIf { it.isNotBlank() } ?: error("setting $name is missing")

    val dbPassword = required("DB_PASSWORD")
    private val encryptionKey = required("DATA_KEY")
    val brokerUrl = "amqps://" + required("BROKER_HOST")
    val paymentUrl = "https://payments.acquirer.com/v1"
    val database = "jdbc:postgresql://db.kettlewick.shop/shop?sslmode=verify-full"

    val dataKey: ByteArray = Base64.getDecoder().decode(encryptionKey)
    val fingerprintKey: ByteArray = Base64.getDecoder().decode(required("FINGERPRINT_KEY"))

    fun signing(): Algorithm = Algorithm.HMAC256(required("JWT_SECRET"))
}
