package com.hearth.auth;

class Passwords {
  private static final int ROUNDS = 1000;

  void pbkdf2(char[] password, byte[] salt, int configured) {
    // ruleid: weak_key_derivation.java.pbkdf2
    KeySpec few = new PBEKeySpec(password, salt, ROUNDS, 256);
    // ruleid: weak_key_derivation.java.pbkdf2
    KeySpec old = new PBEKeySpec(password, salt, 65536, 256);
    // ok: weak_key_derivation.java.pbkdf2
    KeySpec enough = new PBEKeySpec(password, salt, 600_000, 256);
    // ok: weak_key_derivation.java.pbkdf2
    KeySpec chosen = new PBEKeySpec(password, salt, configured, 256);
    // ok: weak_key_derivation.java.pbkdf2
    KeySpec store = new PBEKeySpec(password);
  }

  void bcrypt(String password) {
    // ruleid: weak_key_derivation.java.bcrypt
    PasswordEncoder four = new BCryptPasswordEncoder(4);
    // ruleid: weak_key_derivation.java.bcrypt
    String hash = BCrypt.hashpw(password, BCrypt.gensalt(6));
    // ok: weak_key_derivation.java.bcrypt
    PasswordEncoder twelve = new BCryptPasswordEncoder(12);
    // ok: weak_key_derivation.java.bcrypt
    PasswordEncoder standard = new BCryptPasswordEncoder();
    // ok: weak_key_derivation.java.bcrypt
    PasswordEncoder chosen = new BCryptPasswordEncoder(settings.cost());
  }

  void encoders(String password, byte[] salt) {
    // ruleid: weak_key_derivation.java.encoder
    PasswordEncoder clear = NoOpPasswordEncoder.getInstance();
    // ruleid: weak_key_derivation.java.encoder
    PasswordEncoder digest = new MessageDigestPasswordEncoder("SHA-256");
    // ok: weak_key_derivation.java.encoder
    PasswordEncoder argon = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    // ruleid: weak_key_derivation.java.scrypt
    byte[] quick = SCrypt.generate(password.getBytes(), salt, 1024, 8, 1, 32);
    // ok: weak_key_derivation.java.scrypt
    byte[] slow = SCrypt.generate(password.getBytes(), salt, 65536, 8, 1, 32);
  }
}
