package com.hearth.net;

class Versions {
  // ruleid: weak_tls_version.java.protocol
  private static final String[] OLD = {"TLSv1", "TLSv1.1", "TLSv1.2"};
  // ok: weak_tls_version.java.protocol
  private static final String[] CURRENT = {"TLSv1.3", "TLSv1.2"};

  void contexts(SSLSocket socket, SslContextFactory.Server jetty, SslContextBuilder netty) throws Exception {
    // ruleid: weak_tls_version.java.protocol
    SSLContext ssl = SSLContext.getInstance("SSL");
    // ruleid: weak_tls_version.java.protocol
    SSLContext one = SSLContext.getInstance("TLSv1");
    // ruleid: weak_tls_version.java.protocol
    SSLContext eleven = SSLContext.getInstance("TLSv1.1", "SunJSSE");
    // ruleid: weak_tls_version.java.protocol
    socket.setEnabledProtocols(new String[] {"TLSv1.1", "TLSv1.2"});
    // ruleid: weak_tls_version.java.protocol
    jetty.setIncludeProtocols("TLSv1.1", "TLSv1.2");
    // ruleid: weak_tls_version.java.protocol
    netty.protocols("TLSv1", "TLSv1.2");
    // ok: weak_tls_version.java.protocol
    jetty.setExcludeProtocols("SSLv3", "TLSv1", "TLSv1.1");
    // ok: weak_tls_version.java.protocol
    jetty.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    // ok: weak_tls_version.java.protocol
    SSLContext two = SSLContext.getInstance("TLSv1.2");
    // ok: weak_tls_version.java.protocol
    SSLContext any = SSLContext.getInstance("TLS");
    // ok: weak_tls_version.java.protocol
    SSLContext named = SSLContext.getInstance(settings.protocol());
    // ok: weak_tls_version.java.protocol
    log.warn("peer asked for {}", "TLSv1");
    // ok: weak_tls_version.java.protocol
    if (session.getProtocol().equals("TLSv1")) throw new SSLException("too old");
  }

  void constants(ConnectionSpec.Builder builder, OkHttpClient.Builder client) {
    // ruleid: weak_tls_version.java.constant
    builder.tlsVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_1);
    // ruleid: weak_tls_version.java.constant
    client.connectionSpecs(List.of(ConnectionSpec.COMPATIBLE_TLS));
    // ok: weak_tls_version.java.constant
    builder.tlsVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    // ok: weak_tls_version.java.constant
    client.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
  }

  void properties(Properties mail, Map<String, Object> kafka) {
    // ruleid: weak_tls_version.java.property
    System.setProperty("https.protocols", "TLSv1,TLSv1.1,TLSv1.2");
    // ruleid: weak_tls_version.java.property
    System.setProperty("jdk.tls.client.protocols", "TLSv1.1");
    // ruleid: weak_tls_version.java.property
    mail.put("mail.smtp.ssl.protocols", "TLSv1");
    // ruleid: weak_tls_version.java.property
    kafka.put("ssl.enabled.protocols", "TLSv1.2,TLSv1.1");
    // ok: weak_tls_version.java.property
    System.setProperty("https.protocols", "TLSv1.2,TLSv1.3");
    // ok: weak_tls_version.java.property
    mail.put("mail.smtp.ssl.protocols", "TLSv1.2");
    // ok: weak_tls_version.java.property
    mail.put("mail.transport.protocol", "smtp");
  }

  // ruleid: weak_tls_version.java.driver
  String mysql = "jdbc:mysql://db.hearth.example/pay?useSSL=true&enabledTLSProtocols=TLSv1,TLSv1.2";
  // ruleid: weak_tls_version.java.driver
  String mssql = "jdbc:sqlserver://db.hearth.example;encrypt=true;sslProtocol=TLSv1.1";
  // ok: weak_tls_version.java.driver
  String fine = "jdbc:mysql://db.hearth.example/pay?enabledTLSProtocols=TLSv1.2,TLSv1.3";
  // ok: weak_tls_version.java.driver
  String modern = "jdbc:sqlserver://db.hearth.example;encrypt=true;sslProtocol=TLSv1.2";
}
