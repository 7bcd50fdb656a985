package shop.payments

class Sample(private val logger: Logger) {
    fun run(card: Card, pan: String, cvv: String, track2Data: String, pinBlock: String, key: ByteArray, data: ByteArray) {
        // ruleid: sad_logged.kotlin
        Log.d(TAG, "cvv $cvv")
        // ruleid: sad_logged.kotlin
        logger.info { "track $track2Data" }
        // ruleid: sad_logged.kotlin
        logger.debug("pin {}", pinBlock)
        // ruleid: sad_logged.kotlin
        logger.info("cvv {}", encrypt(cvv))
        // ok: sad_logged.kotlin
        logger.info("result {}", card.cvvResult)
        // ok: sad_logged.kotlin
        logger.info("present {}", cvv.isNullOrEmpty())
    }
}
