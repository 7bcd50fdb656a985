package shop.payments;

class Errors {
  void check(String cardNumber) {
    // ruleid: pan_in_error_message.java
    Assert.isTrue(luhn.isValid(cardNumber), "bad card " + cardNumber);
    // ruleid: pan_in_error_message.java
    Preconditions.checkState(known, "unknown card %s", cardNumber);
    // ruleid: pan_in_error_message.java
    observer.onError(Status.FAILED_PRECONDITION.withDescription("card " + cardNumber).asException());
    // ruleid: pan_in_error_message.java
    ErrorResponse body = new ErrorResponse("E7", "card " + cardNumber + " declined");
    // ok: pan_in_error_message.java
    Assert.notNull(cardNumber, "the card number is missing");
    // ok: pan_in_error_message.java
    Preconditions.checkState(known, "unknown card %s", mask(cardNumber));
  }
}
