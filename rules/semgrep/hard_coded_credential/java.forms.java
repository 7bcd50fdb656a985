package com.hearth.config;

class Forms {
  // ruleid: hard_coded_credential.java.variable
  private static final String DB_PWD = "hV#;N.F9j}'v5Y-Xj";
  // ruleid: hard_coded_credential.java.characters
  private static final char[] password = {'s', 'u', 'n', '7', 'x', 'q'};
  // ruleid: hard_coded_credential.java.characters
  private static final byte[] API_KEY = new byte[] {17, 42, 99, 3, 8, 120, 77};
  // ok: hard_coded_credential.java.characters
  private static final byte[] PUBLIC_KEY = new byte[] {17, 42, 99, 3, 8, 120, 77};
  // ok: hard_coded_credential.java.characters
  private static final char[] passwordChars = {'a', 'b', 'c', 'd', 'e'};
  // ok: hard_coded_credential.java.characters
  private final byte[] secret = new byte[32];
  // ok: hard_coded_credential.java.variable
  private static final String PASSWORD = "${spring.datasource.password}";
  // ok: hard_coded_credential.java.variable
  private static final String PASSWORD_FIELD = "cardPassword1";

  boolean login(String password, String token, Order order) {
    // ruleid: hard_coded_credential.java.compared
    if ("xFb8H9qoPVabx6".equals(password)) {
      return true;
    }
    // ruleid: hard_coded_credential.java.compared
    if (password.equals("letmein99")) {
      return true;
    }
    // ok: hard_coded_credential.java.compared
    if ("password".equals(order.getGrantType())) {
      return false;
    }
    // ok: hard_coded_credential.java.compared
    if (password.equals("")) {
      return false;
    }
    // ok: hard_coded_credential.java.compared
    return token.equals(System.getenv("WEBHOOK_TOKEN"));
  }

  void connect(String url) throws Exception {
    // ruleid: hard_coded_credential.java.empty
    Connection open = DriverManager.getConnection(url, "root", "");
    // ok: hard_coded_credential.java.empty
    Connection memory = DriverManager.getConnection("jdbc:h2:mem:shop", "sa", "");
    // ok: hard_coded_credential.java.empty
    Connection safe = DriverManager.getConnection(url, "root", System.getenv("DB_PASSWORD"));
    // ruleid: hard_coded_credential.java.login
    keyManagers.init(store, "hunter2hunter2".toCharArray());
    // ok: hard_coded_credential.java.login
    keyManagers.init(store, storePassword.toCharArray());
  }
}
