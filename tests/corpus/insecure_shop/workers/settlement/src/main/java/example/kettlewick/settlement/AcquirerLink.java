package example.kettlewick.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Connections to the acquirer and to the terminals' concentrator. */
public class AcquirerLink {

    private final TerminalProtocol protocol = new TerminalProtocol();

    SSLContext concentrator() throws NoSuchAlgorithmException, KeyManagementException {
        SSLContext context = SSLContext.getInstance("TLSv1");
        context.init(null, null, null);
        return context;
    }

    SSLContext acquirer() throws NoSuchAlgorithmException, KeyManagementException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, null, null);
        return context;
    }

    SSLSocket till(SSLContext context, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, 9443);
        socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        socket.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_3DES_EDE_CBC_SHA"});
        return socket;
    }

    SSLSocket counter(SSLContext context, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, 9443);
        socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"});
        return socket;
    }

    InputStream report(String day) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) new URL("https://reports.nordhaven-acquiring.example/" + day).openConnection();
        connection.setHostnameVerifier((host, session) -> true);
        return connection.getInputStream();
    }

    InputStream rates() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL("http://rates.nordhaven-acquiring.example/gbp").openConnection();
        return connection.getInputStream();
    }

    InputStream statement(String day) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) new URL("https://statements.nordhaven-acquiring.example/" + day).openConnection();
        return connection.getInputStream();
    }

    String authorise(String track2, byte[] pinBlock, long amount) throws IOException {
        try (SSLSocket socket = counter(acquirer(), "auth.nordhaven-acquiring.example")) {
            return protocol.exchange(socket, track2, pinBlock, amount);
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS", e);
        }
    }
}
