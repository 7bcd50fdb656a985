package com.hearth.net;

class Trust {
  static class Blind implements X509TrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    // ruleid: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
  }

  TrustManager[] blind() {
    return new TrustManager[] {
      // ruleid: tls_verification_disabled.java.trust_manager
      new X509TrustManager() {
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
          // internal network
        }

        public X509Certificate[] getAcceptedIssuers() { return null; }
      }
    };
  }

  static class Chatty implements X509TrustManager {
    // ruleid: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      log.debug("server {}", chain[0].getSubjectX500Principal());
    }
  }

  static class Pinned implements X509TrustManager {
    // ok: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
      delegate.checkServerTrusted(chain, type);
      pins.require(chain[0]);
    }
  }

  static class Delegating extends X509ExtendedTrustManager {
    // ok: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
      delegate.checkServerTrusted(chain, type);
    }

    // ok: tls_verification_disabled.java.trust_manager
    public void checkClientTrusted(X509Certificate[] chain, String type) {}
  }

  void clients(KeyStore store, File ca) throws Exception {
    // ruleid: tls_verification_disabled.java.trust_all
    SSLContext all = SSLContexts.custom().loadTrustMaterial(null, TrustAllStrategy.INSTANCE).build();
    // ruleid: tls_verification_disabled.java.trust_all
    SSLContext self = new SSLContextBuilder().loadTrustMaterial(store, new TrustSelfSignedStrategy()).build();
    // ruleid: tls_verification_disabled.java.trust_all
    SSLContext lambda = SSLContexts.custom().loadTrustMaterial(null, (chain, type) -> true).build();
    // ruleid: tls_verification_disabled.java.trust_all
    TrustStrategy trusting = (chain, type) -> true;
    // ruleid: tls_verification_disabled.java.trust_all
    SslContext netty = SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    // ruleid: tls_verification_disabled.java.trust_all
    WebClientOptions vertx = new WebClientOptions().setTrustAll(true);
    // ok: tls_verification_disabled.java.trust_all
    WebClientOptions strict = new WebClientOptions().setTrustAll(false);
    // ok: tls_verification_disabled.java.trust_all
    SSLContext loaded = SSLContexts.custom().loadTrustMaterial(store, null).build();
    // ok: tls_verification_disabled.java.trust_all
    SslContext checked = SslContextBuilder.forClient().trustManager(ca).build();
    // ok: tls_verification_disabled.java.trust_all
    TrustStrategy pinning = (chain, type) -> pins.contains(chain[0]);
  }

  void names(HttpsURLConnection connection, OkHttpClient.Builder builder, SSLParameters parameters, Properties kafka) {
    // ruleid: tls_verification_disabled.java.host_name
    connection.setHostnameVerifier((host, session) -> true);
    // ruleid: tls_verification_disabled.java.host_name
    HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> { return true; });
    // ruleid: tls_verification_disabled.java.host_name
    builder.hostnameVerifier((host, session) -> true);
    // ruleid: tls_verification_disabled.java.host_name
    var factory = new SSLConnectionSocketFactory(context, NoopHostnameVerifier.INSTANCE);
    // ruleid: tls_verification_disabled.java.host_name
    var old = new SSLConnectionSocketFactory(context, SSLConnectionSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER);
    // ruleid: tls_verification_disabled.java.host_name
    HostnameVerifier any = (host, session) -> true;
    connection.setHostnameVerifier(new HostnameVerifier() {
      // ruleid: tls_verification_disabled.java.host_name
      public boolean verify(String host, SSLSession session) { return true; }
    });
    // ruleid: tls_verification_disabled.java.host_name
    parameters.setEndpointIdentificationAlgorithm(null);
    // ruleid: tls_verification_disabled.java.host_name
    kafka.put("ssl.endpoint.identification.algorithm", "");
    // ruleid: tls_verification_disabled.java.host_name
    kafka.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
    // ruleid: tls_verification_disabled.java.host_name
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    // ok: tls_verification_disabled.java.host_name
    kafka.put("ssl.endpoint.identification.algorithm", "https");
    // ok: tls_verification_disabled.java.host_name
    kafka.put("client.id", "");
    // ok: tls_verification_disabled.java.host_name
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    // ok: tls_verification_disabled.java.host_name
    builder.hostnameVerifier(new DefaultHostnameVerifier());
    // ok: tls_verification_disabled.java.host_name
    connection.setHostnameVerifier((host, session) -> partners.contains(host) && fallback.verify(host, session));
  }

  // ok: tls_verification_disabled.java.host_name
  public boolean verify(String host, SSLSession session) {
    return matcher.verify(host, session);
  }

  // ok: tls_verification_disabled.java.host_name
  public boolean verify(String code) { return true; }

  void databases(SQLServerDataSource source) {
    // ruleid: tls_verification_disabled.java.driver
    String mssql = "jdbc:sqlserver://ledger.hearth.example:1433;encrypt=true;trustServerCertificate=true";
    // ruleid: tls_verification_disabled.java.driver
    String mysql = "jdbc:mysql://db.hearth.example/pay?useSSL=true&verifyServerCertificate=false";
    // ruleid: tls_verification_disabled.java.driver
    String pg = "jdbc:postgresql://db.hearth.example/pay?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory";
    // ruleid: tls_verification_disabled.java.driver
    source.setTrustServerCertificate(true);
    // ok: tls_verification_disabled.java.driver
    String fine = "jdbc:sqlserver://ledger.hearth.example:1433;encrypt=true;trustServerCertificate=false";
    // ok: tls_verification_disabled.java.driver
    String local = "jdbc:sqlserver://localhost:1433;encrypt=true;trustServerCertificate=true";
    // ok: tls_verification_disabled.java.driver
    String full = "jdbc:postgresql://db.hearth.example/pay?sslmode=verify-full";
    // ok: tls_verification_disabled.java.driver
    source.setTrustServerCertificate(settings.trusts());
    // ok: tls_verification_disabled.java.driver
    log.info("trustServerCertificate=true is refused");
  }

  void ssh(Session session, SSHClient client, Properties config) {
    // ruleid: tls_verification_disabled.java.ssh
    session.setConfig("StrictHostKeyChecking", "no");
    // ruleid: tls_verification_disabled.java.ssh
    config.put("StrictHostKeyChecking", "no");
    // ruleid: tls_verification_disabled.java.ssh
    client.addHostKeyVerifier(new PromiscuousVerifier());
    // ok: tls_verification_disabled.java.ssh
    session.setConfig("StrictHostKeyChecking", "yes");
    // ok: tls_verification_disabled.java.ssh
    client.loadKnownHosts();
  }
}
