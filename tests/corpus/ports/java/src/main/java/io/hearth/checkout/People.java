package io.hearth.checkout;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Hashtable;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.naming.Context;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Customers and clerks: passwords, tokens, sessions. */
public class People {
    private final Settings settings;

    public People(Settings settings) {
        this.settings = settings;
    }

    public PasswordEncoder customers() {
        return new BCryptPasswordEncoder(12);
    }

    public PasswordEncoder clerks() {
        return new Argon2PasswordEncoder(16, 32, 1, 1 << 16, 3);
    }

    public PasswordEncoder partners() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    public byte[] exportKey(char[] password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, 600000, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }

    public byte[] archiveKey(String password, byte[] salt) throws GeneralSecurityException {
        return SCrypt.generate(password.getBytes(StandardCharsets.UTF_8), salt, 1 << 17, 8, 1, 32);
    }

    public String webhookSignature(byte[] body) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String signature = HexFormat.of().formatHex(digest.digest(body));
        return signature;
    }

    public boolean mayCall(PasswordEncoder encoder, String password, String expected) {
        if (encoder.matches(password, expected)) {
            return true;
        }
        return false;
    }

    public Claims claims(String token, PublicKey key) {
        return Jwts.parser().verifyWith(key).build().parseSignedClaims(token).getPayload();
    }

    public String subject(String token, Algorithm algorithm) {
        return JWT.require(algorithm).withAudience("checkout").build().verify(token).getSubject();
    }

    public String partner(String token, JWSVerifier verifier) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        if (!jwt.verify(verifier)) {
            throw new SecurityException("the partner's token has a wrong signature");
        }
        return jwt.getJWTClaimsSet().getSubject();
    }

    public JwtConsumer consumer(Key key) {
        return new JwtConsumerBuilder().setVerificationKey(key).setExpectedAudience("checkout").build();
    }

    public Algorithm signing() {
        return Algorithm.HMAC256(settings.jwtSecret());
    }

    public SecretKey receiptKey(String signingKey) {
        if (signingKey == null) {
            throw new IllegalStateException("setting RECEIPT_KEY is missing");
        }
        return io.jsonwebtoken.security.Keys.hmacShaKeyFor(signingKey.getBytes(StandardCharsets.UTF_8));
    }

    public Hashtable<String, String> directory() {
        Hashtable<String, String> env = new Hashtable<>();
        env.put(Context.PROVIDER_URL, "ldaps://directory.hearth.io:636");
        env.put(Context.SECURITY_AUTHENTICATION, "simple");
        return env;
    }

    public void startSession(HttpServletResponse response, String token) {
        Cookie session = new Cookie("session_token", token);
        session.setHttpOnly(true);
        session.setSecure(true);
        session.setAttribute("SameSite", "Strict");
        response.addCookie(session);
    }

    public NewCookie clerkSession(String session) {
        return new NewCookie.Builder("session_id").value(session).secure(true).httpOnly(true).build();
    }
}
