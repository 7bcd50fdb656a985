package shop.kettlewick.checkout

import com.auth0.jwt.JWT
import com.auth0.jwt.algorithms.Algorithm
import io.jsonwebtoken.Claims
import io.jsonwebtoken.Jwts
import jakarta.servlet.http.Cookie
import jakarta.servlet.http.HttpServletResponse
import org.bouncycastle.crypto.generators.SCrypt
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder
import org.springframework.security.crypto.factory.PasswordEncoderFactories
import java.security.PublicKey
import java.util.Hashtable
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec
import javax.naming.Context

fun customers() = BCryptPasswordEncoder(12)

fun partners() = PasswordEncoderFactories.createDelegatingPasswordEncoder()

fun exportKey(password: CharArray, salt: ByteArray): ByteArray =
    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(PBEKeySpec(password, salt, 600_000, 256)).encoded

fun archiveKey(password: String, salt: ByteArray): ByteArray =
    SCrypt.generate(password.toByteArray(), salt, 131072, 8, 1, 32)

fun claims(token: String, key: PublicKey): Claims =
    Jwts.parser().verifyWith(key).build().parseSignedClaims(token).payload

fun subject(token: String, algorithm: Algorithm): String {
    return JWT.require(algorithm).withAudience("checkout").build().verify(token).subject
}

fun directory() = Hashtable<String, String>().also { env ->
    env.put(Context.PROVIDER_URL, "ldaps://directory.kettlewick.shop:636")
    env.put(Context.SECURITY_AUTHENTICATION, "simple")
}

fun startSession(response: HttpServletResponse, id: String) {
    val cookie = Cookie("SESSION_ID", id)
    cookie.secure = true
    cookie.isHttpOnly = true
    response.addCookie(cookie)
}
