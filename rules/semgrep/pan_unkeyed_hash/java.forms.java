package shop.payments;

class Fingerprints {
  void make(String cardNumber, HashFunction hmac) {
    // ruleid: pan_unkeyed_hash.java
    UUID id = UUID.nameUUIDFromBytes(cardNumber.getBytes());
    // ruleid: pan_unkeyed_hash.java
    String stored = passwordEncoder.encode(cardNumber);
    // ruleid: pan_unkeyed_hash.java
    Object shiro = new Sha256Hash(cardNumber, salt);
    // ok: pan_unkeyed_hash.java
    Object keyed = hmac.newHasher().putString(cardNumber, UTF_8).hash();
    // ok: pan_unkeyed_hash.java
    String hex = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(cardNumber);
  }
}
