package com.hearth.net;

class Clients {
  // ruleid: weak_tls_version.java.protocol
  private static final List<String> PROTOCOLS = List.of("TLSv1.1", "TLSv1.2");
  // ok: weak_tls_version.java.protocol
  private static final List<String> EXCLUDED = List.of("SSLv3", "TLSv1", "TLSv1.1");
  // ok: weak_tls_version.java.protocol
  private static final String[] DISABLED_PROTOCOLS = {"SSLv3", "TLSv1", "TLSv1.1"};

  void off() {
    // ruleid: weak_tls_version.java.protection_off
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    // ruleid: weak_tls_version.java.protection_off
    System.setProperty("sun.security.ssl.allowUnsafeRenegotiation", "true");
    // ok: weak_tls_version.java.protection_off
    Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3, TLSv1, TLSv1.1, RC4");
    // ok: weak_tls_version.java.protection_off
    System.setProperty("sun.security.ssl.allowUnsafeRenegotiation", "false");
  }

  void servers(ConnectionFactory rabbit, HttpServerOptions options) {
    // ruleid: weak_tls_version.java.protocol
    rabbit.useSslProtocol("TLSv1");
    // ruleid: weak_tls_version.java.protocol
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1", "TLSv1.2"));
    // ok: weak_tls_version.java.protocol
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
  }
}
