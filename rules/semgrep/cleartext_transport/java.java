package com.hearth.net;

class Transport {
  // ruleid: cleartext_transport.java.address
  private static final String GATEWAY_URL = "http://gateway.acquirer-one.com/v1/charge";
  // ok: cleartext_transport.java.address
  private static final String SECURE_URL = "https://gateway.acquirer-one.com/v1/charge";
  // ok: cleartext_transport.java.address
  private static final String LOCAL_URL = "http://localhost:8080/payments";
  // ok: cleartext_transport.java.address
  private static final String SOAP_NAMESPACE_URI = "http://payments.acquirer-one.com/ns/2006";

  void http(RestTemplate rest, Order order) throws Exception {
    // ruleid: cleartext_transport.java.http
    rest.postForObject("http://api.acquirer-one.com/orders", order, Receipt.class);
    // ruleid: cleartext_transport.java.http
    HttpPost post = new HttpPost("http://api.acquirer-one.com/orders");
    // ruleid: cleartext_transport.java.http
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://payments.acquirer-one.com/charge")).build();
    // ruleid: cleartext_transport.java.http
    WebClient client = WebClient.create("http://api.acquirer-one.com");
    // ok: cleartext_transport.java.http
    rest.postForObject("https://api.acquirer-one.com/orders", order, Receipt.class);
    // ok: cleartext_transport.java.http
    rest.postForObject("http://orders:8080/orders", order, Receipt.class);
    // ok: cleartext_transport.java.http
    URL page = new URL("http://www.weather-one.com/forecast");
    // ok: cleartext_transport.java.http
    URI schema = URI.create("http://www.w3.org/2001/XMLSchema");
    // ok: cleartext_transport.java.http
    WebClient local = WebClient.create("http://localhost:8080");
  }

  void databases() {
    // ruleid: cleartext_transport.java.database
    connect("jdbc:postgresql://db.hearth.io:5432/pay?sslmode=disable");
    // ruleid: cleartext_transport.java.database
    connect("jdbc:mysql://db.hearth.io/pay?useSSL=false&serverTimezone=UTC");
    // ruleid: cleartext_transport.java.database
    connect("jdbc:sqlserver://db.hearth.io:1433;encrypt=false;database=pay");
    // ok: cleartext_transport.java.database
    connect("jdbc:postgresql://db.hearth.io:5432/pay?sslmode=verify-full");
    // ok: cleartext_transport.java.database
    connect("jdbc:mysql://localhost/pay?useSSL=false");
    // ok: cleartext_transport.java.database
    connect("jdbc:postgresql://postgres:5432/pay?sslmode=disable");
  }

  void connections(Properties kafka) throws Exception {
    // ruleid: cleartext_transport.java.connection
    ManagedChannel open = ManagedChannelBuilder.forTarget("vault.hearth.io:443").usePlaintext().build();
    // ruleid: cleartext_transport.java.connection
    RedisClient redis = RedisClient.create("redis://cache.hearth.io:6379");
    // ruleid: cleartext_transport.java.connection
    kafka.put("security.protocol", "SASL_PLAINTEXT");
    // ok: cleartext_transport.java.connection
    ManagedChannel local = ManagedChannelBuilder.forAddress("localhost", 9090).usePlaintext().build();
    // ok: cleartext_transport.java.connection
    ManagedChannel secure = ManagedChannelBuilder.forTarget("vault.hearth.io:443").useTransportSecurity().build();
    // ok: cleartext_transport.java.connection
    RedisClient tls = RedisClient.create("rediss://cache.hearth.io:6379");
    // ok: cleartext_transport.java.connection
    kafka.put("security.protocol", "SASL_SSL");
  }
}
