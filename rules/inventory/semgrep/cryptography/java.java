import java.security.*;
import javax.crypto.*;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.*;

class Crypto {
    void uses(char[] password, byte[] salt, SSLSocket socket, Registry registry) throws Exception {
        // ruleid: cryptography.java.instance
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        // ruleid: cryptography.java.instance
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        // ruleid: cryptography.java.instance
        Mac mac = Mac.getInstance("HmacSHA256");
        // ok: cryptography.java.instance
        Registry other = Registry.getInstance("AES");
        // ruleid: cryptography.java.instance
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        // ruleid: cryptography.java.key_size
        pairs.initialize(3072);
        // ok: cryptography.java.key_size
        registry.init(3072);
        // ruleid: cryptography.java.pbe
        PBEKeySpec spec = new PBEKeySpec(password, salt, 600000, 256);
        // ok: cryptography.java.pbe
        registry.add(password, salt, 600000, 256);
        // ruleid: cryptography.java.password_encoder
        Object encoder = new BCryptPasswordEncoder(12);
        // ok: cryptography.java.password_encoder
        Object plain = new TextEncoder(12);
        // ruleid: cryptography.java.tls
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        // ok: cryptography.java.tls
        registry.open("TLSv1.3");
        // ruleid: cryptography.java.tls_protocols
        socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        // ruleid: cryptography.java.tls_suites
        socket.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"});
        // ok: cryptography.java.tls_protocols, cryptography.java.tls_suites
        socket.setTcpNoDelay(true);
    }
}
