package com.hearth.crypto;

class Forms {
  byte[] login(User user, String password) throws Exception {
    // ruleid: weak_hash.java.secret
    byte[] one = DigestUtils.getSha1Digest().digest(password.getBytes());
    java.security.MessageDigest md = java.security.MessageDigest.getInstance("MD5");
    // ruleid: weak_hash.java.secret
    md.update(user.newPassword.getBytes());
    return md.digest();
  }

  String cacheKey(byte[] document) throws Exception {
    // ok: weak_hash.java.secret
    return hex(MessageDigest.getInstance("MD5").digest(document));
  }
}
