package shop.payments;

import org.junit.jupiter.api.Test;

class LinkTest {
  @Test
  void opensNothing() throws Exception {
    // ok: cleartext_transport.java.old_protocol
    listener.follow(new URL("ftp://settlement.hearth.io/batches"));
  }
}
