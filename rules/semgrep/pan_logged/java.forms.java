package shop.payments;

class CardForms {
  private String cardNumber;

  // A record of a payment.
  @Override
  public String toString() {
    // ruleid: pan_logged.java.to_string
    return "Card{cardNumber='" + cardNumber + "', brand=" + brand + "}";
  }

  void logs(String cardNumber, PaymentRequest request, Context context) {
    // ruleid: pan_logged.java
    Logger.getLogger("payments").info("card " + cardNumber);
    // ruleid: pan_logged.java
    LoggerFactory.getLogger(CardForms.class).debug("card {}", cardNumber);
    // ruleid: pan_logged.java
    log.atInfo().addKeyValue("card", cardNumber).log("paid");
    // ruleid: pan_logged.java
    MDC.put("card", request.getCardNumber());
    // ruleid: pan_logged.java
    context.getLogger().log("card " + cardNumber);
    // ok: pan_logged.java
    log.info("card {}", PanMasker.mask(cardNumber));
    // ok: pan_logged.java
    log.info("card ends with {}", StringUtils.right(cardNumber, 4));
    // ok: pan_logged.java
    log.info("card number valid: {}", luhn.isValid(cardNumber));
    // ok: pan_logged.java
    log.info("giftCardNumber {}", request.getGiftCardNumber());
  }
}

class Masked {
  private String cardNumber;

  @Override
  public String toString() {
    // ok: pan_logged.java.to_string
    return "Card{cardNumber='" + mask(cardNumber) + "'}";
  }

  String describe() {
    // ok: pan_logged.java.to_string
    return "Card " + cardNumber;
  }
}
