package shop.payments;

interface CardApi {
  // ruleid: pan_in_url.java.route
  @GET("cards") Call<Card> find(@Query("cardNumber") String number);

  // ok: pan_in_url.java.route
  @GET("cards") Call<Card> byToken(@Query("cardToken") String token);
}

class Links {
  String pay(String cardNumber, Uri.Builder builder, HttpServletResponse response) {
    // ruleid: pan_in_url.java
    builder.appendQueryParameter("card", cardNumber);
    // ruleid: pan_in_url.java
    response.setHeader("Location", "/done?card=" + cardNumber);
    // ok: pan_in_url.java
    builder.appendQueryParameter("card", mask(cardNumber));
    // ruleid: pan_in_url.java
    return "redirect:/done?card=" + cardNumber;
  }

  String safe(String cardNumber) {
    // ok: pan_in_url.java
    return "redirect:/done?token=" + tokenize(cardNumber);
  }
}
