package shop.payments

@Entity(tableName = "waiting_cards")
data class WaitingCard(
    @PrimaryKey val id: Long,
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    val encryptedCvv: String,
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    @ColumnInfo(name = "cvv_enc") val cvv: ByteArray,
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    @field:Convert(converter = CardCryptoConverter::class) val cvc: String,
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    @Encrypted @Column(length = 80) var cardSecurityCode: String?,
    @Encrypted val cardNumber: String,
    // The annotation above is that of the field above.
    // ruleid: verification_code_stored.kotlin.column
    val cvv2: String,
    // ruleid: verification_code_stored.kotlin.column
    @Convert(converter = TrimmedString::class) val cardCvv: String,
    // ok: verification_code_stored.kotlin.encrypted_column
    @Ignore val encryptedCvc: String,
    // ok: verification_code_stored.kotlin.encrypted_column
    val cvvEncrypted: Boolean,
)

object WaitingCards : Table() {
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    val cvv = encryptedVarchar("card", 80, encryptor)
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    val cvc = varchar("encrypted_cvc", 80)
    // ok: verification_code_stored.kotlin.column
    // ruleid: verification_code_stored.kotlin.encrypted_column
    val encryptedCvv2 = binary("code", 80)
}

data class WaitingRequest(
    // ok: verification_code_stored.kotlin.encrypted_column
    val encryptedCvv: String,
)

class Waiting {
    fun keep(card: Card, cvv: String, cvvEnc: String, request: HttpServletRequest) {
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        redis.opsForValue().set("card", cipher.encrypt(cvv), Duration.ofMinutes(5))
        val locked = encryptor.encrypt(card.cvv.trim())
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        preferences.edit().putString("card", locked).apply()
        val aes = Cipher.getInstance("AES/GCM/NoPadding")
        val out = aes.doFinal(cvv.toByteArray())
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        file.writeBytes(out)
        // ruleid: verification_code_stored.kotlin.encrypted
        redis.opsForValue().set("card", Base64.getEncoder().encodeToString(out))
        // ruleid: verification_code_stored.kotlin.encrypted
        preferences.edit().putString("card", cvv.encrypted(key)).apply()
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        preferences.edit().putString("card", cvv?.encrypt(key)).apply()
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        preferences.edit().putString("card", cvv?.let { keys.encrypt(it) }).apply()
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        cardDao.insert(CardRow(id = 1, code = card.encryptedCvv))
        // ruleid: verification_code_stored.kotlin.encrypted
        session.setAttribute("card", request.getParameter("encrypted_cvv"))
        // ruleid: verification_code_stored.kotlin.encrypted
        kafkaTemplate.send("cards", "1", cvvEnc)
        val payload = gson.toJson(mapOf("order" to order, "code" to cvv))
        // ok: verification_code_stored.kotlin.store
        // ruleid: verification_code_stored.kotlin.encrypted
        rabbitTemplate.convertAndSend("cards", keys.encrypt(payload))
    }

    fun clean(card: Card, cvv: String, encryptedCvv: String) {
        // In clear again, or beside it: another rule speaks of that.
        // ok: verification_code_stored.kotlin.encrypted
        // ruleid: verification_code_stored.kotlin.store
        redis.opsForValue().set("card", cipher.decrypt(encryptedCvv))
        // ok: verification_code_stored.kotlin.encrypted
        // ruleid: verification_code_stored.kotlin.store
        redis.opsForValue().set("card", gson.toJson(mapOf("sealed" to encrypt(cvv), "plain" to cvv)))
        // ok: verification_code_stored.kotlin.encrypted
        redis.opsForValue().set("card", encrypt(card.number))
        // ok: verification_code_stored.kotlin.encrypted, verification_code_stored.kotlin.store
        session.setAttribute("encrypted", isEncrypted(cvv))
        // ok: verification_code_stored.kotlin.encrypted, verification_code_stored.kotlin.store
        session.setAttribute("answer", gateway.authorise(encrypt(cvv)))
        // ok: verification_code_stored.kotlin.encrypted, verification_code_stored.kotlin.store
        session.setAttribute("length", encryptedCvv.length)
        // ok: verification_code_stored.kotlin.encrypted
        redis.opsForValue().set("card", encryptionKey)
        // ok: verification_code_stored.kotlin.encrypted
        redis.delete(encryptedCvv)
        // ok: verification_code_stored.kotlin.encrypted
        http.post("https://gateway.example/charges", jwe.encrypt(cvv))
    }
}
