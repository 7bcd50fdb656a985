package com.hearth.crypto;

class Digests {
  String secrets(String password, String resetToken, byte[] body, String path) throws Exception {
    // ruleid: weak_hash.java.secret
    String hex = DigestUtils.md5Hex(password);
    // ruleid: weak_hash.java.secret
    String salted = DigestUtils.sha1Hex(salt + user.getPassword());
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    // ruleid: weak_hash.java.secret
    md5.update(password.getBytes(StandardCharsets.UTF_8));
    // ruleid: weak_hash.java.secret
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(resetToken.getBytes());
    // ruleid: weak_hash.java.secret
    HashCode guava = Hashing.sha1().hashString(apiKey, StandardCharsets.UTF_8);
    // ok: weak_hash.java.secret
    String etag = DigestUtils.md5Hex(body);
    // ok: weak_hash.java.secret
    md5.update(body);
    // ok: weak_hash.java.secret
    HashCode file = Hashing.md5().hashBytes(body);
    // ok: weak_hash.java.secret
    String named = DigestUtils.md5Hex(passwordFilePath);
    // ok: weak_hash.java.secret
    String lookup = DigestUtils.sha256Hex(resetToken);
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    // ok: weak_hash.java.secret
    sha.update(resetToken.getBytes());
    return hex;
  }

  byte[] hashPassword(byte[] input) throws Exception {
    // ruleid: weak_hash.java.purpose
    MessageDigest digest = MessageDigest.getInstance("SHA-1");
    return digest.digest(input);
  }

  String createSignature(Map<String, String> parameters) {
    // ruleid: weak_hash.java.purpose
    return DigestUtils.md5Hex(join(parameters));
  }

  String generateToken(long id) {
    // ruleid: weak_hash.java.purpose
    return Hashing.md5().hashLong(id).toString();
  }

  String signature(byte[] input) throws Exception {
    // ok: weak_hash.java.purpose
    return hex(MessageDigest.getInstance("SHA-256").digest(input));
  }

  String etag(byte[] input) throws Exception {
    // ok: weak_hash.java.purpose
    return hex(MessageDigest.getInstance("MD5").digest(input));
  }

  String cacheKey(String query) {
    // ok: weak_hash.java.purpose
    return DigestUtils.md5Hex(query);
  }

  void signatures(PrivateKey key) throws Exception {
    // ruleid: weak_hash.java.signature
    Signature old = Signature.getInstance("SHA1withRSA");
    // ruleid: weak_hash.java.signature
    Signature older = Signature.getInstance("MD5withRSA", "BC");
    // ruleid: weak_hash.java.signature
    ContentSigner signer = new JcaContentSignerBuilder("SHA1WithRSA").build(key);
    // ruleid: weak_hash.java.signature
    Mac mac = Mac.getInstance("HmacMD5");
    // ok: weak_hash.java.signature
    Mac legacy = Mac.getInstance("HmacSHA1");
    // ok: weak_hash.java.signature
    Signature good = Signature.getInstance("SHA256withRSA");
    // ok: weak_hash.java.signature
    Signature ed = Signature.getInstance("Ed25519");
    // ok: weak_hash.java.signature
    log.warn("SHA1withRSA is refused");
  }
}
