package com.hearth.crypto;

class Forms {
  private static final int ITERATIONS = 1000;
  private static final int ROUNDS = 600_000;

  void derive(char[] password, byte[] salt, Argon2 argon2) throws Exception {
    // ruleid: weak_key_derivation.java.pbkdf2
    KeySpec few = new PBEKeySpec(password, salt, ITERATIONS, 256);
    // ok: weak_key_derivation.java.pbkdf2
    KeySpec many = new PBEKeySpec(password, salt, ROUNDS, 256);
    // ruleid: weak_key_derivation.java.constant_salt
    KeySpec same = new PBEKeySpec(password, "hearth".getBytes(), 600000, 256);
    // ok: weak_key_derivation.java.constant_salt
    KeySpec own = new PBEKeySpec(password, salt, 600000, 256);
    // ruleid: weak_key_derivation.java.argon2
    PasswordEncoder small = new Argon2PasswordEncoder(16, 32, 1, 1024, 1);
    // ok: weak_key_derivation.java.argon2
    PasswordEncoder big = new Argon2PasswordEncoder(16, 32, 1, 1 << 15, 2);
    // ok: weak_key_derivation.java.argon2
    String hash = argon2.hash(3, 65536, 1, password);
  }
}
