package shop.payments;

class Messages {
  void tell(String cardNumber) throws Exception {
    // ruleid: pan_in_message.java
    Content text = new Content("text/plain", "paid with " + cardNumber);
    // ruleid: pan_in_message.java
    personalization.addDynamicTemplateData("card", cardNumber);
    // ruleid: pan_in_message.java
    NotificationCompat.Builder shown = new NotificationCompat.Builder(context, "pay").setContentText("paid with " + cardNumber);
    // ok: pan_in_message.java
    personalization.addDynamicTemplateData("card", lastFour(cardNumber));
    // ok: pan_in_message.java
    Content masked = new Content("text/plain", "paid with " + mask(cardNumber));
  }
}
