package com.hearth.auth;

class Forms {
  String subject(String accessToken, String version) {
    String[] parts = accessToken.split("\\.");
    // ruleid: jwt_not_verified.java.payload
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]));
    // ok: jwt_not_verified.java.payload
    String minor = new String(Base64.getUrlDecoder().decode(version.split("\\.")[1]));
    return claims;
  }
}
