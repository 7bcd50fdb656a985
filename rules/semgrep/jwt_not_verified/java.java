package com.hearth.auth;

class Tokens {
  void jjwt(String token, SecretKey key) {
    // ruleid: jwt_not_verified.java.unsigned
    Claims open = Jwts.parser().parseClaimsJwt(token).getBody();
    // ruleid: jwt_not_verified.java.unsigned
    Jwt any = Jwts.parser().setSigningKey(key).parse(token);
    // ruleid: jwt_not_verified.java.unsigned
    Jwt unsecured = Jwts.parser().verifyWith(key).unsecured().build().parse(token);
    // ruleid: jwt_not_verified.java.unsigned
    Jwt claims = Jwts.parser().build().parseUnsecuredClaims(token);
    // ok: jwt_not_verified.java.unsigned
    Claims signed = Jwts.parser().verifyWith(key).build().parseSignedClaims(token).getPayload();
    // ok: jwt_not_verified.java.unsigned
    Claims old = Jwts.parserBuilder().setSigningKey(key).build().parseClaimsJws(token).getBody();
    // ok: jwt_not_verified.java.unsigned
    LocalDate date = formatter.parse(token);
  }

  void auth0(RSAPublicKey key) {
    // ruleid: jwt_not_verified.java.unsigned
    JWTVerifier none = JWT.require(Algorithm.none()).build();
    // ok: jwt_not_verified.java.unsigned
    JWTVerifier rsa = JWT.require(Algorithm.RSA256(key, null)).build();
  }

  String subject(String token) {
    // ruleid: jwt_not_verified.java.decode
    return JWT.decode(token).getSubject();
  }

  String checkedSubject(String token) {
    // ok: jwt_not_verified.java.decode
    String key = JWT.decode(token).getKeyId();
    DecodedJWT verified = verifierFor(key).verify(token);
    return verified.getSubject();
  }

  String image(String text) {
    // ok: jwt_not_verified.java.decode
    return Base64.decode(text);
  }

  void jose(Key key) {
    JwtConsumer consumer = new JwtConsumerBuilder()
        .setRequireExpirationTime()
        .setVerificationKey(key)
        .build();
    // ruleid: jwt_not_verified.java.skipped
    JwtConsumer blind = new JwtConsumerBuilder().setSkipSignatureVerification().build();
    // ok: jwt_not_verified.java.skipped
    JwtConsumer strict = new JwtConsumerBuilder().setVerificationKey(key).build();
  }

  String nimbus(String token) throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    // ruleid: jwt_not_verified.java.claims
    return jwt.getJWTClaimsSet().getSubject();
  }

  String checkedNimbus(String token, JWSVerifier verifier) throws Exception {
    SignedJWT jwt = SignedJWT.parse(token);
    if (!jwt.verify(verifier)) {
      throw new BadCredentialsException("signature");
    }
    // ok: jwt_not_verified.java.claims
    return jwt.getJWTClaimsSet().getSubject();
  }
}
