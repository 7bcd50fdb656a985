package shop.payments

class PaymentReader(private val mapper: ObjectMapper) {
    fun read(input: InputStream): Any {
        // ruleid: unsafe_deserialization.kotlin.object_stream
        return ObjectInputStream(input).readObject()
    }

    fun configure() {
        // ruleid: unsafe_deserialization.kotlin.type_names
        mapper.enableDefaultTyping()
        // ok: unsafe_deserialization.kotlin.type_names
        mapper.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().build(), ObjectMapper.DefaultTyping.NON_FINAL)
    }

    // ok: unsafe_deserialization.kotlin.object_stream
    fun json(text: String): Payment = Json.decodeFromString(text)
}
