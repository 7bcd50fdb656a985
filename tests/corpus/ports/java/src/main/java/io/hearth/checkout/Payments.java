package io.hearth.checkout;

import com.google.gson.Gson;
import io.opentelemetry.api.trace.Span;
import io.sentry.Sentry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.io.FilenameUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;
import org.w3c.dom.Document;

/** The routes. The verification code goes to the acquirer with the request and nowhere else. */
@RestController
public class Payments {
    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    /** What a shop sends. */
    public record CardRequest(String orderId, long amount, String cardNumber, String expiry, String cvv) {
        @Override
        public String toString() {
            return "CardRequest{order=" + orderId + ", card=" + Vault.lastFour(cardNumber) + "}";
        }
    }

    /** A card with its brand, as the acquirer describes it. */
    public static class CreditCard {
        private String cardNumber;
        private String brand;

        public String getCardNumber() {
            return cardNumber;
        }

        public String getBrand() {
            return brand;
        }
    }

    private final Gateway gateway;
    private final Vault vault;
    private final Gson gson = new Gson();

    public Payments(Gateway gateway, Vault vault) {
        this.gateway = gateway;
        this.vault = vault;
    }

    @PostMapping("/payments")
    public ResponseEntity<Map<String, String>> pay(@RequestBody CardRequest dto, Span span) {
        String pan = dto.cardNumber();
        String cvv = dto.cvv();
        gateway.authorize(dto.orderId(), dto.amount(), pan, dto.expiry(), cvv);
        log.info("charged card ending in {}", Vault.lastFour(pan));
        span.setAttribute("card.last4", Vault.lastFour(pan));
        return ResponseEntity.ok(Map.of("token", vault.newToken(), "number", "**** " + Vault.lastFour(pan)));
    }

    public void report(CreditCard creditCard, CreditCard dto, Map<String, Object> receipt) {
        log.info("card {}", creditCard.getBrand());
        log.info("received {}", dto.getBrand());
        log.debug("receipt {}", gson.toJson(receipt));
    }

    public SimpleMailMessage tell(String address, String pan) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setTo(address);
        message.setText("You paid with the card ending in " + Vault.lastFour(pan));
        return message;
    }

    @GetMapping("/cards/{cardToken}")
    public ResponseEntity<String> card(@PathVariable String cardToken) {
        return ResponseEntity.ok(cardToken);
    }

    @GetMapping("/statements")
    public void statement(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        File file = new File("/var/statements", FilenameUtils.getName(name));
        if (!file.exists()) {
            response.getWriter().println("<p>No statement called " + HtmlUtils.htmlEscape(name) + "</p>");
            return;
        }
        new ProcessBuilder("pdf-tool", "--in", file.getName()).start();
    }

    public Document settlements(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(in);
    }

    public void headers(HttpSecurity http) throws Exception {
        http.headers(h -> h.contentSecurityPolicy(c -> c.policyDirectives("script-src 'self' https://js.stripe.com")));
    }
}
