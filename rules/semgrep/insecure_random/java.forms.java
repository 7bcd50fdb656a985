package com.hearth.auth;

class Forms {
  void bytes(Random random, SecureRandom strong) {
    byte[] salt = new byte[16];
    // ruleid: insecure_random.java.filled
    random.nextBytes(salt);
    byte[] iv = new byte[12];
    // ok: insecure_random.java.filled
    strong.nextBytes(iv);
    byte[] noise = new byte[12];
    // ok: insecure_random.java.filled
    random.nextBytes(noise);
    // ruleid: insecure_random.java.value
    String voucherToken = RandomUtils.nextLong() + "";
  }
}
