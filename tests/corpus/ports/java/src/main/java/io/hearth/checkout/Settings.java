package io.hearth.checkout;

import java.util.Base64;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What the secret store fills: nothing has a default, and the start fails without it. */
@Component
public class Settings {
    private static final String GATEWAY_URL = "https://gateway.acquirer-one.com/v1/charge";
    private final Environment environment;

    private final String dbPassword = required("DB_PASSWORD");
    private final char[] storePassword = required("STORE_PASSWORD").toCharArray();
    private final String jwtSecret = required("JWT_SECRET");
    private final String brokerUrl = "amqps://" + required("BROKER_HOST");

    public Settings(Environment environment) {
        this.environment = environment;
    }

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("setting " + name + " is missing");
        }
        return value;
    }

    public String webhookKey() {
        String signingKey = environment.getRequiredProperty("app.signing.key");
        return signingKey;
    }

    public byte[] dataKey() {
        return Base64.getDecoder().decode(required("DATA_KEY"));
    }

    public byte[] fingerprintKey() {
        return Base64.getDecoder().decode(required("FINGERPRINT_KEY"));
    }

    public String dbPassword() {
        return dbPassword;
    }

    public char[] storePassword() {
        return storePassword.clone();
    }

    public String jwtSecret() {
        return jwtSecret;
    }

    public String brokerUrl() {
        return brokerUrl;
    }

    public String gatewayUrl() {
        return GATEWAY_URL;
    }
}
