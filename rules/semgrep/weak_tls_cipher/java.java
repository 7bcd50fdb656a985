package com.hearth.net;

class Suites {
  // ruleid: weak_tls_cipher.java.suites
  private static final String[] OLD = {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_AES_128_GCM_SHA256"};
  // ok: weak_tls_cipher.java.suites
  private static final String[] CURRENT = {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"};

  void sockets(SSLSocket socket, SslContextFactory.Server jetty, ConnectionSpec.Builder builder) {
    // ruleid: weak_tls_cipher.java.suites
    socket.setEnabledCipherSuites(new String[] {"SSL_RSA_WITH_RC4_128_MD5"});
    // ruleid: weak_tls_cipher.java.suites
    socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DH_anon_WITH_AES_128_CBC_SHA"});
    // ruleid: weak_tls_cipher.java.suites
    jetty.setIncludeCipherSuites("TLS_RSA_WITH_NULL_SHA256");
    // ruleid: weak_tls_cipher.java.suites
    System.setProperty("https.cipherSuites", "TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_3DES_EDE_CBC_SHA");
    // ok: weak_tls_cipher.java.suites
    jetty.setExcludeCipherSuites("TLS_RSA_WITH_NULL_SHA256", "SSL_RSA_WITH_RC4_128_MD5");
    // ok: weak_tls_cipher.java.suites
    jetty.setIncludeCipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    // ok: weak_tls_cipher.java.suites
    log.warn("{} is off", "TLS_RSA_WITH_NULL_SHA256");
    // ruleid: weak_tls_cipher.java.constant
    builder.cipherSuites(CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA, CipherSuite.TLS_AES_128_GCM_SHA256);
    // ok: weak_tls_cipher.java.constant
    builder.cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256);
  }
}
