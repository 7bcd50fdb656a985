package shop.kettlewick.checkout

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.util.Base64
import javax.crypto.Cipher
import javax.crypto.Mac
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

/** Cards become tokens here: AES-256-GCM under a fresh nonce, bound to the token. */
class Vault(private val random: SecureRandom = SecureRandom()) {
    fun seal(plain: String, recordId: String): ByteArray {
        val nonce = ByteArray(12).also(random::nextBytes)
        val key = SecretKeySpec(Settings.dataKey, "AES")
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, nonce))
        cipher.updateAAD(recordId.toByteArray())
        return nonce + cipher.doFinal(plain.toByteArray())
    }

    /** Equal for equal numbers, and for nobody without the key. */
    fun fingerprint(pan: String): String {
        val mac = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(Settings.fingerprintKey, "HmacSHA256")) }
        return Base64.getEncoder().encodeToString(mac.doFinal(pan.toByteArray()))
    }

    fun newToken(): String {
        val cardToken = "tok_" + Base64.getUrlEncoder().encodeToString(ByteArray(24).also(random::nextBytes))
        return cardToken
    }

    fun newTerminalKey(): KeyPair {
        val generator = KeyPairGenerator.getInstance("RSA")
        generator.initialize(3072)
        return generator.generateKeyPair()
    }

    /** The key of the till's app, which never leaves the device. */
    fun deviceKey(builder: KeyGenParameterSpec.Builder): KeyGenParameterSpec {
        builder.setBlockModes(KeyProperties.BLOCK_MODE_GCM)
        builder.setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
        return builder.build()
    }
}
