package shop.payments;

import org.junit.jupiter.api.Test;

class LinkTest {
  @Test
  void opensNothing() throws Exception {
    // ok: cleartext_transport.java.old_protocol
    listener.follow(new URL("ftp://settlement.hearth.io/batches"));
    // ok: cleartext_transport.java.http
    restTemplate.postForObject("http://thirdparty.hearth.io/payments", request, Response.class);
  }
}
