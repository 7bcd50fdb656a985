package com.hearth.crypto;

class Forms {
  private static String word = "hearthsecret";
  private String injected;

  void sign(StandardPBEStringEncryptor encryptor) {
    // ruleid: hard_coded_key.java.jwt
    Algorithm short1 = Algorithm.HMAC256("secret");
    // ruleid: hard_coded_key.java.jwt
    Algorithm field = Algorithm.HMAC256(word);
    // ok: hard_coded_key.java.jwt
    Algorithm given = Algorithm.HMAC256(injected);
    // ok: hard_coded_key.java.jwt
    Algorithm environment = Algorithm.HMAC256(System.getenv("JWT_SECRET"));
    // ruleid: hard_coded_key.java.secret_key_spec
    encryptor.setPassword("k9fQ27sLpX");
    // ok: hard_coded_key.java.secret_key_spec
    encryptor.setPassword(System.getenv("JASYPT_PASSWORD"));
  }

  SecretKey key(String signingKey) {
    if (signingKey == null) {
      // ruleid: hard_coded_key.java.fresh_fallback
      return Keys.secretKeyFor(SignatureAlgorithm.HS256);
    }
    return Keys.hmacShaKeyFor(signingKey.getBytes());
  }

  SecretKey stored(KeyGenerator generator) throws Exception {
    if (dataKey == null) {
      // ok: hard_coded_key.java.fresh_fallback
      SecretKey fresh = generator.generateKey();
      store.setEntry("data", new KeyStore.SecretKeyEntry(fresh), null);
    }
    // ok: hard_coded_key.java.fresh_fallback
    return generator.generateKey();
  }
}
