package com.hearth.crypto;

class Forms {
  void ciphers(byte[] data) throws Exception {
    // ruleid: broken_cipher.java.algorithm
    SecretKey key = javax.crypto.KeyGenerator.getInstance("DES").generateKey();
    // ruleid: broken_cipher.java.ecb
    Cipher ecb = javax.crypto.Cipher.getInstance("AES/ECB");
    // ruleid: broken_cipher.java.nothing
    Cipher none = new NullCipher();
    // ruleid: broken_cipher.java.rsa_padding
    Cipher raw = Cipher.getInstance("RSA/NONE/NoPadding");
    // ruleid: broken_cipher.java.rsa_padding
    Cipher old = javax.crypto.Cipher.getInstance("RSA/ECB/PKCS1Padding", "BC");
    // ruleid: broken_cipher.java.rsa_padding
    Cipher bare = Cipher.getInstance("RSA");
    // ruleid: broken_cipher.java.jwe
    JWEHeader header = new JWEHeader(JWEAlgorithm.RSA1_5, EncryptionMethod.A256GCM);
    // ruleid: broken_cipher.java.third_party
    BasicTextEncryptor encryptor = new BasicTextEncryptor();
    // ruleid: broken_cipher.java.third_party
    pbe.setAlgorithm("PBEWithMD5AndTripleDES");
    // ok: broken_cipher.java.nothing
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    // ok: broken_cipher.java.rsa_padding
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    // ok: broken_cipher.java.rsa_padding
    KeyFactory keys = KeyFactory.getInstance("RSA");
    // ok: broken_cipher.java.jwe
    JWEHeader safe = new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM);
    // ok: broken_cipher.java.third_party
    pbe.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
  }
}
