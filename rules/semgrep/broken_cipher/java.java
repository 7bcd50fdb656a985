package com.hearth.crypto;

class Ciphers {
  private static final String OLD = "DESede/CBC/PKCS5Padding";
  private static final String NEW = "AES/GCM/NoPadding";

  void broken(byte[] key) throws Exception {
    // ruleid: broken_cipher.java.algorithm
    Cipher des = Cipher.getInstance("DES/CBC/PKCS5Padding");
    // ruleid: broken_cipher.java.algorithm
    Cipher triple = Cipher.getInstance(OLD);
    // ruleid: broken_cipher.java.algorithm
    Cipher rc4 = Cipher.getInstance("RC4", "BC");
    // ruleid: broken_cipher.java.algorithm
    Cipher fish = Cipher.getInstance("Blowfish");
    // ruleid: broken_cipher.java.algorithm
    KeyGenerator generator = KeyGenerator.getInstance("DESede");
    // ruleid: broken_cipher.java.algorithm
    SecretKeySpec spec = new SecretKeySpec(key, "DES");
    // ruleid: broken_cipher.java.algorithm
    SecretKeyFactory pbe = SecretKeyFactory.getInstance("PBEWithMD5AndDES");
    // ruleid: broken_cipher.java.engine
    BlockCipher engine = new DESedeEngine();
    // ruleid: broken_cipher.java.engine
    StreamCipher stream = new RC4Engine();
    // ok: broken_cipher.java.algorithm
    SecretKeySpec aes = new SecretKeySpec(key, "AES");
    // ok: broken_cipher.java.algorithm
    SecretKeyFactory strong = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
    // ok: broken_cipher.java.algorithm
    String sql = query("SELECT name FROM item ORDER BY name " + (down ? "DESC" : "ASC"));
    // ok: broken_cipher.java.engine
    BlockCipher modern = new AESEngine();
  }

  void modes(Settings settings) throws Exception {
    // ruleid: broken_cipher.java.ecb
    Cipher bare = Cipher.getInstance("AES");
    // ruleid: broken_cipher.java.ecb
    Cipher ecb = Cipher.getInstance("AES/ECB/PKCS5Padding");
    // ruleid: broken_cipher.java.ecb
    Cipher named = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
    // ok: broken_cipher.java.ecb
    Cipher gcm = Cipher.getInstance(NEW);
    // ok: broken_cipher.java.ecb
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    // ok: broken_cipher.java.ecb
    Cipher cbc = Cipher.getInstance("AES/CBC/PKCS5Padding");
    // ok: broken_cipher.java.ecb
    Cipher wrap = Cipher.getInstance("AESWrap");
    // ok: broken_cipher.java.ecb, broken_cipher.java.algorithm
    Cipher configured = Cipher.getInstance(settings.cipher());
    // ok: broken_cipher.java.ecb
    KeyGenerator generator = KeyGenerator.getInstance("AES");
  }
}
