package com.hearth.config;

class Access {
  // ruleid: hard_coded_credential.java.variable
  private static final String DB_PASSWORD = "v4ult!river-92";
  // ruleid: hard_coded_credential.java.variable
  private final String gatewayApiKey = "9f8c2b71e04d4a6c8b13";
  // ok: hard_coded_credential.java.variable
  private static final String PASSWORD_FIELD = "password2";
  // ok: hard_coded_credential.java.variable
  private static final String PASSWORD = "password";
  // ok: hard_coded_credential.java.variable
  private final String apiKey = System.getenv("API_KEY");
  // ok: hard_coded_credential.java.variable
  private static final String resetPasswordUrl = "/account/reset-1";
  // ok: hard_coded_credential.java.variable
  private String password = "";
  // ok: hard_coded_credential.java.variable
  private static final String CLIENT_SECRET = "hearth.oauth.client-secret";

  void database(String url, HikariConfig config, User user) throws Exception {
    // ruleid: hard_coded_credential.java.database
    Connection one = DriverManager.getConnection(url, "ledger", "v4ult!river");
    // ruleid: hard_coded_credential.java.database
    config.setPassword("v4ult!river");
    // ruleid: hard_coded_credential.java.database
    DataSource built = DataSourceBuilder.create().url(url).username("ledger").password("v4ult!river").build();
    // ok: hard_coded_credential.java.database
    Connection two = DriverManager.getConnection(url, "ledger", System.getenv("DB_PASSWORD"));
    // ok: hard_coded_credential.java.database
    config.setPassword(settings.password());
    // ok: hard_coded_credential.java.database
    user.setPassword("typed-in");
    // ok: hard_coded_credential.java.database
    config.setPassword("");
    // ok: hard_coded_credential.java.database
    UserDetails details = User.withUsername("anna").password("{bcrypt}$2a$12$abc").build();
  }

  void logins(HttpHeaders headers, Properties props, KeyStore store, InputStream in, char[] secret) throws Exception {
    // ruleid: hard_coded_credential.java.login
    AWSCredentials aws = new BasicAWSCredentials(id, "wJalrXUt/K7MDENG+bPxRfiCY");
    // ruleid: hard_coded_credential.java.login
    headers.setBasicAuth("hearth", "v4ult!river");
    // ruleid: hard_coded_credential.java.login
    Credentials http = new UsernamePasswordCredentials("hearth", "v4ult!river".toCharArray());
    // ruleid: hard_coded_credential.java.login
    props.put("password", "v4ult!river");
    // ruleid: hard_coded_credential.java.login
    store.load(in, "v4ult!river".toCharArray());
    // ok: hard_coded_credential.java.login
    headers.setBasicAuth("hearth", settings.password());
    // ok: hard_coded_credential.java.login
    store.load(in, secret);
    // ok: hard_coded_credential.java.login
    json.put("password", "v4ult!river");
    // ok: hard_coded_credential.java.login
    props.put("user", "ledger");
    // ok: hard_coded_credential.java.login
    store.load(in, "changeit".toCharArray());
  }

  void payments(String key) {
    // ruleid: hard_coded_credential.java.payment
    Stripe.apiKey = "sk_hearth_4eC39HqLyjWDarjtT1zdp7dc";
    // ruleid: hard_coded_credential.java.payment
    var braintree = new BraintreeGateway(Environment.PRODUCTION, "hearth", "pub1", "5a7c92e1b0d34f68");
    // ok: hard_coded_credential.java.payment
    Stripe.apiKey = key;
    // ok: hard_coded_credential.java.payment
    Stripe.apiKey = System.getenv("STRIPE_KEY");
  }

  // ruleid: hard_coded_credential.java.address
  String mongo = "mongodb://ledger:v4ult-river@db.hearth.io:27017/pay";
  // ruleid: hard_coded_credential.java.address
  String jdbc = "jdbc:mysql://db.hearth.io/pay?user=ledger&password=v4ult-river";
  // ruleid: hard_coded_credential.java.address
  String search = "jdbc:postgresql://db.hearth.io/pay?user=ledger&password=v4ult%24river&application_name=localhost";
  // ok: hard_coded_credential.java.address
  String shown = "amqp://user:pass@mq.hearth.io:5672/";
  // ok: hard_coded_credential.java.address
  String masked = "mongodb://ledger:*****@db.hearth.io:27017/pay";
  // ok: hard_coded_credential.java.address
  String nobody = "mongodb://ledger:v4ult-river@db.example.com:27017/pay";
  // ok: hard_coded_credential.java.address
  String formatted = String.format("jdbc:mysql://db.hearth.io/pay?user=%s&password=%s", user, password);
  // ok: hard_coded_credential.java.address
  String container = "amqp://guest:guest@rabbitmq:5672/";
  // ok: hard_coded_credential.java.address
  String fine = "mongodb://db.hearth.io:27017/pay";
  // ok: hard_coded_credential.java.address
  String template = "mongodb://ledger:${DB_PASSWORD}@db.hearth.io:27017/pay";
  // ok: hard_coded_credential.java.address
  String local = "jdbc:mysql://localhost/pay?user=root&password=root";
  // ok: hard_coded_credential.java.address
  String mail = "http://hearth.io/path:7@2";

  static class Rotation {
    // ruleid: hard_coded_credential.java.variable
    private static final String CREATED_PASSWORD = "v4ult-River!9";

    void rotate() {
      // ok: hard_coded_credential.java.variable
      String oldPassword = CREATED_PASSWORD;
      change(oldPassword);
    }
  }
}
