package com.hearth.net;

class Clients {
  static class Lenient implements X509TrustManager {
    // ruleid: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      try {
        delegate.checkServerTrusted(chain, type);
      } catch (CertificateException e) {
        log.warn("untrusted", e);
      }
    }
  }

  static class Strict implements X509TrustManager {
    // ok: tls_verification_disabled.java.trust_manager
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
      try {
        delegate.checkServerTrusted(chain, type);
      } catch (CertificateException e) {
        fallback.checkServerTrusted(chain, type);
      }
    }
  }

  void stores(SSLContext context, ConnectionFactory rabbit, Properties mail) throws Exception {
    // ruleid: tls_verification_disabled.java.trust_all
    context.init(null, trustAllCerts, new SecureRandom());
    // ruleid: tls_verification_disabled.java.trust_all
    rabbit.useSslProtocol();
    // ruleid: tls_verification_disabled.java.trust_all
    mail.put("mail.smtp.ssl.trust", "*");
    // ruleid: tls_verification_disabled.java.trust_all
    TrustStrategy accept = (X509Certificate[] chain, String authType) -> true;
    // ruleid: tls_verification_disabled.java.trust_all
    Unirest.config().verifySsl(false);
    // ruleid: tls_verification_disabled.java.trust_all
    HttpClientOptions options = new HttpClientOptions().setTrustAll(true);
    // ok: tls_verification_disabled.java.trust_all
    context.init(null, trustManagerFactory.getTrustManagers(), new SecureRandom());
    // ok: tls_verification_disabled.java.trust_all
    rabbit.useSslProtocol(context);
    // ok: tls_verification_disabled.java.trust_all
    mail.put("mail.smtp.ssl.trust", "smtp.hearth.io");
    // ok: tls_verification_disabled.java.trust_all
    context.init(null, new TrustManager[] {pinned}, null);
  }

  class Page extends WebViewClient {
    public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
      // ruleid: tls_verification_disabled.java.trust_all
      handler.proceed();
    }
  }

  class SafePage extends WebViewClient {
    public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {
      // ok: tls_verification_disabled.java.trust_all
      handler.cancel();
    }
  }

  HostnameVerifier names() {
    // ruleid: tls_verification_disabled.java.host_name
    return (host, session) -> true;
  }

  BiPredicate<String, String> pairs() {
    // ok: tls_verification_disabled.java.host_name
    return (left, right) -> true;
  }

  void hosts(OkHttpClient.Builder http, TLSClientParameters cxf, Properties mail) {
    // ruleid: tls_verification_disabled.java.host_name
    http.hostnameVerifier((String host, SSLSession session) -> true);
    // ruleid: tls_verification_disabled.java.host_name
    cxf.setDisableCNCheck(true);
    // ruleid: tls_verification_disabled.java.host_name
    HttpsURLConnection.setDefaultHostnameVerifier(new NullHostnameVerifier());
    // ruleid: tls_verification_disabled.java.host_name
    mail.put("mail.smtp.ssl.checkserveridentity", "false");
    // ruleid: tls_verification_disabled.java.host_name
    HostnameVerifier all = org.apache.http.conn.ssl.SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER;
    // ok: tls_verification_disabled.java.host_name
    http.hostnameVerifier((host, session) -> "pay.hearth.io".equals(host));
    // ok: tls_verification_disabled.java.host_name
    cxf.setDisableCNCheck(false);
    // ok: tls_verification_disabled.java.host_name
    HttpsURLConnection.setDefaultHostnameVerifier(new DefaultHostnameVerifier());
    // ok: tls_verification_disabled.java.host_name
    mail.put("mail.smtp.ssl.checkserveridentity", "true");
  }

  void mail(Email receipt) {
    // ruleid: tls_verification_disabled.java.mail_identity
    receipt.setSSLOnConnect(true);
    receipt.send();
  }

  void safeMail(Email receipt) {
    // ok: tls_verification_disabled.java.mail_identity
    receipt.setSSLOnConnect(true);
    receipt.setSSLCheckServerIdentity(true);
    receipt.send();
  }

  void drivers(HikariConfig pool) {
    // ruleid: tls_verification_disabled.java.driver
    pool.addDataSourceProperty("trustServerCertificate", "true");
    // ok: tls_verification_disabled.java.driver
    pool.addDataSourceProperty("trustServerCertificate", "false");
    // ok: tls_verification_disabled.java.driver
    pool.addDataSourceProperty("verifyServerCertificate", true);
  }
}
