package com.hearth.crypto;

class Keyring {
  // ruleid: hard_coded_key.java.setting
  private static final String JWT_SECRET = "q8Vt-2mLx-77Rk-pZ0w";
  // ruleid: hard_coded_key.java.setting
  private final String encryptionKey = "4f1d9a7c22b08e63";
  // ok: hard_coded_key.java.setting
  private static final String JWT_SECRET_NAME = "hearth-jwt-2026";
  // ok: hard_coded_key.java.setting
  private static final String SIGNING_KEY = "app.signing.key";
  // ok: hard_coded_key.java.setting
  private static final String PUBLIC_KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";
  // ok: hard_coded_key.java.setting
  private final String signingKey = System.getenv("SIGNING_KEY");
  // ok: hard_coded_key.java.setting
  private static final String CACHE_KEY = "cards:2026-11";

  private static final byte[] VAULT = {1, 7, 22, 91, 3, 8, 14, 60, 2, 9, 11, 17, 5, 33, 21, 4};
  private static final byte[] SEED = "r4n-0ut-0f-t1me!".getBytes(StandardCharsets.UTF_8);

  void specs(byte[] fetched, Settings settings) throws Exception {
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec text = new SecretKeySpec("h34rth-9x-c4rd-k".getBytes(StandardCharsets.UTF_8), "AES");
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec base = new SecretKeySpec(Base64.getDecoder().decode("3q2+7wAAqrvM3e7/ESIzRA=="), "AES");
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec bytes = new SecretKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, "AES");
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec zero = new SecretKeySpec(new byte[32], "AES");
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec field = new SecretKeySpec(VAULT, "AES");
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec seed = new SecretKeySpec(SEED, "HmacSHA256");
    byte[] local = "b1n-th3-v4ult-key".getBytes();
    // ruleid: hard_coded_key.java.secret_key_spec
    SecretKeySpec variable = new SecretKeySpec(local, "AES");
    // ok: hard_coded_key.java.secret_key_spec
    SecretKeySpec loaded = new SecretKeySpec(fetched, "AES");
    // ok: hard_coded_key.java.secret_key_spec
    SecretKeySpec config = new SecretKeySpec(settings.key().getBytes(), "AES");
    // ok: hard_coded_key.java.secret_key_spec
    SecretKeySpec env = new SecretKeySpec(Base64.getDecoder().decode(System.getenv("VAULT_KEY")), "AES");
    // ok: hard_coded_key.java.secret_key_spec
    SecretKeySpec placeholder = new SecretKeySpec("changeme".getBytes(), "AES");
  }

  void tokens(String secret, Key key) {
    // ruleid: hard_coded_key.java.jwt
    Jwts.parser().setSigningKey("k3y-f0r-t0kens").parseClaimsJws(token);
    // ruleid: hard_coded_key.java.jwt
    Jwts.builder().setSubject("7").signWith(SignatureAlgorithm.HS256, "k3y-f0r-t0kens").compact();
    // ruleid: hard_coded_key.java.jwt
    SecretKey made = Keys.hmacShaKeyFor("4-k3y-l0ng-enough-f0r-hs256-t0kens".getBytes(UTF_8));
    // ruleid: hard_coded_key.java.jwt
    Algorithm algorithm = Algorithm.HMAC256("k3y-f0r-t0kens");
    // ruleid: hard_coded_key.java.jwt
    JWSSigner signer = new MACSigner("4-k3y-l0ng-enough-f0r-hs256-t0kens");
    // ok: hard_coded_key.java.jwt
    Jwts.builder().setSubject("7").signWith(key).compact();
    // ok: hard_coded_key.java.jwt
    Algorithm fine = Algorithm.HMAC256(secret);
    // ok: hard_coded_key.java.jwt
    SecretKey loaded = Keys.hmacShaKeyFor(Decoders.BASE64.decode(secret));
    // ok: hard_coded_key.java.jwt
    Algorithm env = Algorithm.HMAC256(System.getenv("JWT_SECRET"));
  }

  void defaults(Environment environment) {
    // ruleid: hard_coded_key.java.fallback
    String jwt = System.getenv().getOrDefault("JWT_SECRET", "dev-71c0ffee");
    // ruleid: hard_coded_key.java.fallback
    String spring = environment.getProperty("app.signing.key", "dev-71c0ffee");
    // ok: hard_coded_key.java.fallback
    String required = environment.getRequiredProperty("app.signing.key");
    // ok: hard_coded_key.java.fallback
    String region = environment.getProperty("app.region", "eu-central-1");
    // ok: hard_coded_key.java.fallback
    String empty = System.getProperty("jwt.secret", "");
  }
}
