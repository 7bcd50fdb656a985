package shop.payments

class Cards(private val cards: CardService) {
    suspend fun show(call: ApplicationCall, card: Card, model: Model, binding: CardBinding) {
        // ruleid: pan_overdisplayed.kotlin
        call.respond(mapOf("number" to card.number))
        // ruleid: pan_overdisplayed.kotlin
        call.respondText("Card ${card.number}")
        // ruleid: pan_overdisplayed.kotlin
        model.addAttribute("number", card.cardNumber)
        // ruleid: pan_overdisplayed.kotlin
        binding.tvNumber.text = card.cardNumber
        // ruleid: pan_overdisplayed.kotlin
        Toast.makeText(context, "Saved ${card.number}", Toast.LENGTH_LONG).show()
        // ruleid: pan_overdisplayed.kotlin
        Text(text = card.number)
        // ok: pan_overdisplayed.kotlin
        Text(text = "**** ${card.number.takeLast(4)}")
        // ok: pan_overdisplayed.kotlin
        call.respond(mapOf("number" to card.maskedNumber))
        // ok: pan_overdisplayed.kotlin
        binding.tvNumber.text = mask(card.cardNumber)
        // ok: pan_overdisplayed.kotlin
        binding.cardNumberEditText.text = null
        // ruleid: pan_overdisplayed.kotlin
        Text(text = String.format("%s", request.getParameter("cardNumber")))
        // ruleid: pan_overdisplayed.kotlin
        Text(text = String.format("%s", card.getCardNumber()))
        // ok: pan_overdisplayed.kotlin
        Text(text = testCard.formattedCardNumber)
        // ok: pan_overdisplayed.kotlin
        Text(text = demo.sampleCard.number)
    }

    @GetMapping("/cards/{id}")
    // ruleid: pan_overdisplayed.kotlin
    fun one(@PathVariable id: String): ResponseEntity<String> = cards.find(id).let { card -> ResponseEntity.ok(card.cardNumber) }

    @GetMapping("/cards/{id}/masked")
    // ok: pan_overdisplayed.kotlin
    fun masked(@PathVariable id: String): ResponseEntity<String> = cards.find(id).let { card -> ResponseEntity.ok(card.cardNumber.takeLast(4)) }
}
