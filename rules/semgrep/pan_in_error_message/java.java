package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: pan_in_error_message.java
        if (a) throw new IllegalArgumentException("bad card " + pan);
        // ruleid: pan_in_error_message.java
        if (b) throw new CardException(String.format("card %s refused", card.getNumber()), cause);
        // ruleid: pan_in_error_message.java
        ResponseEntity.badRequest().body("bad card " + pan);
        // ruleid: pan_in_error_message.java
        ResponseEntity.status(HttpStatus.BAD_REQUEST).body(Map.of("card", pan));
        // ruleid: pan_in_error_message.java
        response.sendError(400, "bad card " + request.getParameter("cardNumber"));
        String text = "no account for " + pan;
        // ruleid: pan_in_error_message.java
        if (c) throw new NotFoundException(text);
        // ruleid: pan_in_error_message.java
        if (d) throw new ResponseStatusException(HttpStatus.NOT_FOUND, "card " + pan);
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ok: pan_in_error_message.java
        if (a) throw new IllegalArgumentException("bad card number");
        // ok: pan_in_error_message.java
        if (b) throw new CardException("card " + mask(pan) + " refused");
        // ok: pan_in_error_message.java
        if (c) throw new CardException("ending in " + pan.substring(pan.length() - 4));
        // ok: pan_in_error_message.java
        ResponseEntity.badRequest().body("order " + card.getOrderId());
        // ok: pan_in_error_message.java
        ResponseEntity.status(HttpStatus.OK).body(mask(pan));
        // ok: pan_in_error_message.java
        if (d) throw new CardException("wrong length " + pan.length());
        // ok: pan_in_error_message.java
        errors.rejectValue("cardNumber", "card.number.invalid", "Invalid card number");
    }
}
