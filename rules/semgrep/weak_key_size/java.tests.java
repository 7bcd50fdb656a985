package shop.payments;

import org.junit.jupiter.api.Test;

// The key of a test protects nothing.
class CertificateTest {
  @Test
  void recoversTheModulus() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    // ok: weak_key_size.java.rsa
    generator.initialize(1024);
  }
}
