package com.hearth.crypto;

class Sizes {
  void pairs(int size) throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    // ruleid: weak_key_size.java.rsa
    rsa.initialize(1024);
    // ruleid: weak_key_size.java.rsa
    rsa.initialize(512, random);
    // ok: weak_key_size.java.rsa
    rsa.initialize(2048);
    // ok: weak_key_size.java.rsa
    rsa.initialize(new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
    // ok: weak_key_size.java.rsa
    rsa.initialize(size);
    KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
    // ruleid: weak_key_size.java.rsa
    dsa.initialize(1024);
    // ok: weak_key_size.java.rsa
    cache.initialize(128);
  }

  void curves() throws Exception {
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    // ruleid: weak_key_size.java.curve
    ec.initialize(new ECGenParameterSpec("secp160r1"));
    // ruleid: weak_key_size.java.curve
    ec.initialize(192);
    // ok: weak_key_size.java.curve, weak_key_size.java.rsa
    ec.initialize(256);
    // ok: weak_key_size.java.curve
    ec.initialize(new ECGenParameterSpec("secp256r1"));
  }

  void symmetric() throws Exception {
    KeyGenerator des = KeyGenerator.getInstance("Blowfish");
    // ruleid: weak_key_size.java.symmetric
    des.init(64);
    KeyGenerator aes = KeyGenerator.getInstance("AES");
    // ok: weak_key_size.java.symmetric
    aes.init(256);
    // ok: weak_key_size.java.symmetric
    ring.init(16);
  }
}
