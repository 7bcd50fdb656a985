package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        SimpleMailMessage message = new SimpleMailMessage();
        // ruleid: pan_in_message.java
        message.setText("Your card " + pan + " was charged");
        // ruleid: pan_in_message.java
        helper.setText(String.format("card %s", card.getNumber()), true);
        // ruleid: pan_in_message.java
        message.setSubject("Card " + pan);
        // ruleid: pan_in_message.java
        mailService.sendEmail(to, "Receipt", "card " + pan);
        // ruleid: pan_in_message.java
        Message.creator(to, from, "card " + pan).create();
        // ruleid: pan_in_message.java
        slackClient.postMessage("#payments", "declined " + card.getCardNumber());
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ok: pan_in_message.java
        message.setText("Your card ending in " + pan.substring(pan.length() - 4));
        // ok: pan_in_message.java
        message.setText("Your card " + mask(pan));
        // ok: pan_in_message.java
        helper.setText(card.getReceipt(), true);
        // ok: pan_in_message.java
        amountTextView.setText(card.getAmount());
        // ok: pan_in_message.java
        mailService.sendEmail(to, "Receipt", "order " + card.getOrderId());
        // ok: pan_in_message.java
        gateway.send(pan);
    }
}

class Mails {
    void mails(MimeMessage m, SimpleMailMessage receipt, String pan) throws Exception {
        // ruleid: pan_in_message.java
        m.setText("We charged your card " + pan);
        // ruleid: pan_in_message.java
        receipt.setText("We charged your card " + pan);
        // ok: pan_in_message.java
        m.setText("We charged your card ending " + pan.substring(pan.length() - 4));
    }
}
