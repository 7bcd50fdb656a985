package shop.payments;

import org.junit.jupiter.api.Test;

// Keys of tests open nothing.
class CardVaultTest {
  @Test
  void refusesAnUnknownAlgorithm() {
    // ok: hard_coded_key.java.secret_key_spec
    vault.checkValue(new SecretKeySpec("k3yOfAUnitTest-0".getBytes(), "AES"));
  }

  @Test
  void signs() {
    // ok: hard_coded_key.java.jwt
    String token = Jwts.builder().signWith(SignatureAlgorithm.HS256, "k3yOfAUnitTest-1").compact();
  }
}
