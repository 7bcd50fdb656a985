import java.security.*
import javax.crypto.*
import javax.crypto.spec.PBEKeySpec
import javax.net.ssl.*

fun uses(password: CharArray, salt: ByteArray, socket: SSLSocket, registry: Registry) {
    // ruleid: cryptography.kotlin.instance
    val cipher = Cipher.getInstance("AES/GCM/NoPadding")
    // ok: cryptography.kotlin.instance
    val other = Registry.getInstance("AES")
    // ruleid: cryptography.kotlin.instance
    val pairs = KeyPairGenerator.getInstance("RSA")
    // ruleid: cryptography.kotlin.key_size
    pairs.initialize(3072)
    // ok: cryptography.kotlin.key_size
    registry.init(3072)
    // ruleid: cryptography.kotlin.pbe
    val spec = PBEKeySpec(password, salt, 600000, 256)
    // ok: cryptography.kotlin.pbe
    registry.add(password, salt, 600000, 256)
    // ruleid: cryptography.kotlin.password_encoder
    val encoder = BCryptPasswordEncoder(12)
    // ok: cryptography.kotlin.password_encoder
    val plain = TextEncoder(12)
    // ruleid: cryptography.kotlin.tls
    val context = SSLContext.getInstance("TLSv1.3")
    // ok: cryptography.kotlin.tls
    registry.open("TLSv1.3")
    // ruleid: cryptography.kotlin.tls_protocols
    socket.setEnabledProtocols(arrayOf("TLSv1.3", "TLSv1.2"))
    // ruleid: cryptography.kotlin.tls_suites
    socket.setEnabledCipherSuites(arrayOf("TLS_AES_256_GCM_SHA384"))
    // ok: cryptography.kotlin.tls_protocols, cryptography.kotlin.tls_suites
    socket.setTcpNoDelay(true)
}
