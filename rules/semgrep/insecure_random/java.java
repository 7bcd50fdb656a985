package com.hearth.auth;

class Codes {
  private final Random random = new Random();

  void values(Session session) {
    // ruleid: insecure_random.java.value
    int otp = 100000 + new Random().nextInt(900000);
    // ruleid: insecure_random.java.value
    String sessionToken = Long.toHexString(Double.doubleToLongBits(Math.random()));
    // ruleid: insecure_random.java.value
    String nonce = RandomStringUtils.randomAlphanumeric(32);
    // ruleid: insecure_random.java.value
    long resetCode = ThreadLocalRandom.current().nextLong();
    // ruleid: insecure_random.java.value
    session.csrfToken = "t" + random.nextInt();
    // ok: insecure_random.java.value
    int delay = new Random().nextInt(500);
    // ok: insecure_random.java.value
    double jitter = Math.random() * 100;
    // ok: insecure_random.java.value
    int maxTokens = new Random().nextInt(10);
    // ok: insecure_random.java.value
    int secure = new SecureRandom().nextInt(900000);
    // ok: insecure_random.java.value
    String token = UUID.randomUUID().toString();
    // ok: insecure_random.java.value
    String apiKey = RandomStringUtils.secure().nextAlphanumeric(40);
  }

  String generateOtp() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      // ruleid: insecure_random.java.function
      code.append(random.nextInt(10));
    }
    return code.toString();
  }

  String createResetToken() {
    // ruleid: insecure_random.java.function
    return RandomStringUtils.randomAlphanumeric(40);
  }

  String generateAuthCode(SecureRandom strong) {
    // ok: insecure_random.java.function
    return "" + strong.nextInt(1000000);
  }

  String generateApiKey() {
    Random source = new SecureRandom();
    // ok: insecure_random.java.function
    return Long.toString(source.nextLong(), 36);
  }

  int rollDice() {
    // ok: insecure_random.java.function
    return random.nextInt(6) + 1;
  }

  void seeds() throws Exception {
    // ruleid: insecure_random.java.seed
    SecureRandom fixed = new SecureRandom("hearth".getBytes());
    SecureRandom prng = SecureRandom.getInstance("SHA1PRNG");
    // ruleid: insecure_random.java.seed
    prng.setSeed(System.currentTimeMillis());
    // ok: insecure_random.java.seed
    SecureRandom fine = new SecureRandom();
    // ok: insecure_random.java.seed
    random.setSeed(42);
  }
}
