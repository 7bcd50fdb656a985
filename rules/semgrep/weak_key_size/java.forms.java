package com.hearth.crypto;

class Forms {
  private static final int RSA_BITS = 1024;

  void keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    // ruleid: weak_key_size.java.rsa
    generator.initialize(RSA_BITS);
    // ruleid: weak_key_size.java.third_party
    generator.initialize(new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));
    // ruleid: weak_key_size.java.third_party
    RSAKey key = new RSAKeyGenerator(1024).keyID("1").generate();
    // ok: weak_key_size.java.third_party
    RSAKey good = new RSAKeyGenerator(2048).keyID("1").generate();
    // ok: weak_key_size.java.third_party
    KeyGenParameterSpec aes = new KeyGenParameterSpec.Builder("data", 3).setKeySize(256).build();
  }
}
