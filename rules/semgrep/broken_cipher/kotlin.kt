package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: broken_cipher.kotlin.algorithm
        Cipher.getInstance("DESede/CBC/PKCS5Padding")
        // ruleid: broken_cipher.kotlin.ecb
        Cipher.getInstance("AES/ECB/PKCS5Padding")
        // ruleid: broken_cipher.kotlin.ecb
        Cipher.getInstance("AES")
        // ok: broken_cipher.kotlin.algorithm, broken_cipher.kotlin.ecb
        Cipher.getInstance("AES/GCM/NoPadding")
    }
}

fun none(builder: KeyGenParameterSpec.Builder) {
    // ruleid: broken_cipher.kotlin.none
    val cipher: Cipher = NullCipher()
    // ok: broken_cipher.kotlin.none
    val real = Cipher.getInstance("AES/GCM/NoPadding")
    // ruleid: broken_cipher.kotlin.android
    builder.setBlockModes(KeyProperties.BLOCK_MODE_ECB)
    // ok: broken_cipher.kotlin.android
    builder.setBlockModes(KeyProperties.BLOCK_MODE_GCM)
}
