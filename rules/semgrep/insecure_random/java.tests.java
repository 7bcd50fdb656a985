package shop.payments;

import org.junit.jupiter.api.Test;

// A token of a test need only differ.
class CardTokenTest {
  @Test
  void renames() {
    // ok: insecure_random.java.value
    String newToken = String.valueOf(new Random().nextInt());
    request.token(newToken);
  }

  // ok: insecure_random.java.function
  String newToken() {
    return "token-" + new Random().nextInt();
  }
}
