package com.hearth.crypto;

class Vectors {
  private static final byte[] IV = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  private static final String VECTOR = "0123456789abcdef";
  private final SecureRandom random = new SecureRandom();

  void fixed(Cipher cipher, SecretKey key, byte[] keyBytes) throws Exception {
    // ruleid: static_iv.java.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec("0000111122223333".getBytes(UTF_8)));
    // ruleid: static_iv.java.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(VECTOR.getBytes()));
    // ruleid: static_iv.java.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
    // ruleid: static_iv.java.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(IV));
    byte[] nonce = new byte[12];
    // ruleid: static_iv.java.parameter
    GCMParameterSpec gcm = new GCMParameterSpec(128, nonce);
    byte[] literal = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    // ruleid: static_iv.java.parameter
    GCMParameterSpec again = new GCMParameterSpec(128, literal);
    // ruleid: static_iv.java.from_key
    IvParameterSpec derived = new IvParameterSpec(keyBytes);
    // ruleid: static_iv.java.from_key
    IvParameterSpec cut = new IvParameterSpec(Arrays.copyOf(keyBytes, 16));
  }

  void fresh(Cipher cipher, SecretKey key, byte[] message, InputStream in) throws Exception {
    byte[] iv = new byte[16];
    random.nextBytes(iv);
    // ok: static_iv.java.parameter
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    byte[] nonce = new byte[12];
    System.arraycopy(message, 0, nonce, 0, 12);
    // ok: static_iv.java.parameter
    GCMParameterSpec gcm = new GCMParameterSpec(128, nonce);
    byte[] read = new byte[12];
    in.read(read);
    // ok: static_iv.java.parameter
    GCMParameterSpec fromStream = new GCMParameterSpec(128, read);
    byte[] counted = new byte[12];
    ByteBuffer.wrap(counted).putLong(4, sequence.next());
    // ok: static_iv.java.parameter
    GCMParameterSpec counter = new GCMParameterSpec(128, counted);
    // ok: static_iv.java.parameter, static_iv.java.from_key
    GCMParameterSpec copied = new GCMParameterSpec(128, Arrays.copyOfRange(message, 0, 12));
    byte[] mixed = new byte[16];
    for (int i = 0; i < 16; i++) {
      mixed[i] = (byte) (iv[i] ^ nonce[i]);
    }
    // ok: static_iv.java.parameter
    IvParameterSpec combined = new IvParameterSpec(mixed);
    // ok: static_iv.java.parameter, static_iv.java.from_key
    IvParameterSpec own = new IvParameterSpec(cipher.getIV());
  }
}
