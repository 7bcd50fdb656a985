package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: pan_overdisplayed.java
        ResponseEntity.ok(Map.of("pan", pan));
        // ruleid: pan_overdisplayed.java
        ResponseEntity.ok().body(card.getCardNumber());
        // ruleid: pan_overdisplayed.java
        model.addAttribute("cardNumber", card.getNumber());
        // ruleid: pan_overdisplayed.java
        request.setAttribute("pan", pan);
        // ruleid: pan_overdisplayed.java
        response.getWriter().print("Card: " + pan);
        // ruleid: pan_overdisplayed.java
        cardTextView.setText(card.getPan());
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ok: pan_overdisplayed.java
        ResponseEntity.ok(Map.of("pan", mask(pan)));
        // ok: pan_overdisplayed.java
        ResponseEntity.ok(card.getToken());
        // ok: pan_overdisplayed.java
        model.addAttribute("last4", pan.substring(pan.length() - 4));
        // ok: pan_overdisplayed.java
        model.addAttribute("brand", card.getBrand());
        // ok: pan_overdisplayed.java
        cardTextView.setText(card.getMaskedPan());
        // ok: pan_overdisplayed.java
        ResponseEntity.ok(service.charge(pan));
        // ok: pan_overdisplayed.java
        cardTextView.setText(testCard.getCardNumber());
    }
}
