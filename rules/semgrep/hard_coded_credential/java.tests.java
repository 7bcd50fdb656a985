package shop.payments;

import static org.junit.Assert.assertEquals;

// Passwords and addresses of tests open nothing.
class GatewayTest {
  // ok: hard_coded_credential.java.variable
  private static final String PASSWORD = "S3cure!Pa55x";

  @Test
  public void authorizes() {
    // ok: hard_coded_credential.java.payment
    BraintreeGateway gateway = new BraintreeGateway(Environment.DEVELOPMENT, "integration_merchant_id", "integration_public_key", "integration_private_key");
    // ok: hard_coded_credential.java.address
    assertEquals("mq", host("amqp://ledger:v4ult-river@mq.hearth.io:5672/"));
  }
}
