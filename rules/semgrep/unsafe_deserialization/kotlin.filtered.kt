package shop.payments

class PaymentReader {
    fun filtered(input: InputStream): Any {
        // ok: unsafe_deserialization.kotlin.object_stream
        val stream = ObjectInputStream(input)
        stream.setObjectInputFilter(filter)
        return stream.readObject()
    }
}
