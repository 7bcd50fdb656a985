package io.hearth.checkout;

import com.stripe.Stripe;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import okhttp3.TlsVersion;
import org.apache.commons.mail.SimpleEmail;
import org.apache.commons.net.ftp.FTPSClient;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.client.RestTemplate;

/** The acquirer and the others we call: TLS 1.2 or later, the private authority, our certificate. */
public class Gateway {
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"};
    private final RestTemplate restTemplate;
    private final Settings settings;

    public Gateway(RestTemplate restTemplate, Settings settings) {
        this.restTemplate = restTemplate;
        this.settings = settings;
        System.setProperty("https.protocols", "TLSv1.2,TLSv1.3");
        Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3, TLSv1, TLSv1.1, RC4, DES, 3DES_EDE_CBC, NULL, anon");
        Stripe.apiKey = System.getenv("STRIPE_KEY");
    }

    @FeignClient(name = "risk", url = "https://risk.hearth.io/v1")
    interface Risk {
        @PostMapping("/scores")
        Map<String, Object> score(Map<String, Object> order);
    }

    public SSLContext context(TrustManagerFactory trustManagerFactory, KeyStore own) throws GeneralSecurityException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(own, settings.storePassword());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keyManagers.getKeyManagers(), trustManagerFactory.getTrustManagers(), new SecureRandom());
        return context;
    }

    /** Asks the platform first, then for the one authority that issues the acquirer's certificates. */
    static class PinnedTrust implements X509TrustManager {
        private final X509TrustManager platform;
        private final X509Certificate authority;

        PinnedTrust(X509TrustManager platform, X509Certificate authority) {
            this.platform = platform;
            this.authority = authority;
        }

        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            platform.checkClientTrusted(chain, type);
        }

        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            platform.checkServerTrusted(chain, type);
            if (!chain[chain.length - 1].equals(authority)) {
                throw new CertificateException("another authority than the acquirer's");
            }
        }

        public X509Certificate[] getAcceptedIssuers() {
            return platform.getAcceptedIssuers();
        }
    }

    public HostnameVerifier names() {
        return HttpsURLConnection.getDefaultHostnameVerifier();
    }

    public ConnectionSpec spec() {
        return new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
                .tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)
                .cipherSuites(CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)
                .build();
    }

    public Map<?, ?> authorize(String orderId, long amount, String pan, String expiry, String cvv) {
        Map<String, Object> body = Map.of("order", orderId, "amount", amount, "number", pan, "expiry", expiry, "code", cvv);
        Map<?, ?> answer = restTemplate.postForObject(settings.gatewayUrl(), body, Map.class);
        if (answer == null) {
            throw new IllegalStateException("no answer for the card ending in " + Vault.lastFour(pan));
        }
        return answer;
    }

    public Map<?, ?> brand(String cardToken, String pan) {
        return restTemplate.getForObject("https://api.acquirer-one.com/cards/" + cardToken, Map.class);
    }

    public void forget(String orderId) {
        restTemplate.delete("https://refunds.acquirer-one.com/drafts/" + orderId);
    }

    public Channel vault() {
        return Grpc.newChannelBuilder("vault.hearth.io:443", TlsChannelCredentials.create()).build();
    }

    public Channel scoring(String host, int port) {
        return Grpc.newChannelBuilderForAddress(host, port, TlsChannelCredentials.create()).build();
    }

    public FTPSClient batch() throws IOException {
        FTPSClient ftps = new FTPSClient();
        ftps.connect("batch.acquirer-one.com");
        ftps.execPROT("P");
        return ftps;
    }

    public Socket terminal(String host, int port) throws IOException {
        return SSLSocketFactory.getDefault().createSocket(host, port);
    }

    public Properties mail() {
        Properties props = new Properties();
        props.put("mail.smtp.starttls.enable", "true");
        props.put("mail.smtp.starttls.required", "true");
        return props;
    }

    public SimpleEmail receipts() {
        SimpleEmail receipt = new SimpleEmail();
        receipt.setSSLOnConnect(true);
        receipt.setSSLCheckServerIdentity(true);
        return receipt;
    }

    public void batchShell(com.jcraft.jsch.Session session) {
        session.setConfig("StrictHostKeyChecking", "yes");
    }
}
