package shop.payments;

import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

@Service
class ChargeService {
    private static final Logger log = LoggerFactory.getLogger(ChargeService.class);
    private static final java.util.logging.Logger LOGGER = java.util.logging.Logger.getLogger("charges");
    private static final String CARD_NUMBER_LABEL = "Card number";
    private final CardNumberValidator cardNumberValidator = new CardNumberValidator();

    void charge(Card card, String pan, PaymentRequest request, HttpServletRequest http) {
        // ruleid: pan_logged.java
        log.info("charging {}", pan);
        // ruleid: pan_logged.java
        log.debug("charging " + card.getNumber() + " now");
        // ruleid: pan_logged.java
        log.warn("declined order={} card={}", request.getOrderId(), request.getCardNumber());
        // ruleid: pan_logged.java
        log.error(String.format("charge of %s failed", pan));
        // ruleid: pan_logged.java
        log.info("charge of %s".formatted(pan));
        // ruleid: pan_logged.java
        LOGGER.log(Level.INFO, "card {0}", pan);
        // ruleid: pan_logged.java
        LOGGER.fine("card " + card.number);
        // ruleid: pan_logged.java
        System.out.println("PAN: " + pan);
        // ruleid: pan_logged.java
        System.err.printf("%s%n", card.getPan());
        // ruleid: pan_logged.java
        MDC.put("pan", pan);
        // ruleid: pan_logged.java
        log.atInfo().addKeyValue("pan", pan).log("charging");
        // ruleid: pan_logged.java
        log.atInfo().setMessage("x").log("charging {}", pan);
        // ruleid: pan_logged.java
        log.info("card {}", http.getParameter("cardNumber"));
        // ruleid: pan_logged.java
        log.info("card {}", kv("pan", pan));
        // ruleid: pan_logged.java
        log.info("bin and more {}", pan.substring(0, 12));
        // ruleid: pan_logged.java
        log.info("card {}", request.cardNumber());

        String line = "card=" + card.getPan();
        // ruleid: pan_logged.java
        log.info(line);

        StringBuilder text = new StringBuilder();
        text.append("card ").append(pan);
        text.append(pan);
        // ruleid: pan_logged.java
        log.info(text.toString());

        Map<String, String> fields = new HashMap<>();
        fields.put("number", card.getCardNumber());
        // ruleid: pan_logged.java
        log.info("fields {}", fields);

        String compact = pan.replaceAll("\\s", "");
        // ruleid: pan_logged.java
        log.info("card {}", compact);
    }

    void clean(Card card, String pan, PaymentRequest request, CardRepository repository) {
        // ok: pan_logged.java
        log.info("the card number was rejected");
        // ok: pan_logged.java
        log.info("charging {}", mask(pan));
        // ok: pan_logged.java
        log.info("charging {}", PanMasker.mask(card.getNumber()));
        // ok: pan_logged.java
        log.info("charging {}", card.getMaskedPan());
        // ok: pan_logged.java
        log.info("charging ****{}", pan.substring(pan.length() - 4));
        // ok: pan_logged.java
        log.info("bin {}", pan.substring(0, 6));
        // ok: pan_logged.java
        log.info("length {}", pan.length());
        // ok: pan_logged.java
        log.info("valid {}", cardNumberValidator.isValid(pan));
        // ok: pan_logged.java
        log.info("row {}", repository.findByPan(pan).getId());
        // ok: pan_logged.java
        log.info("token {}", tokenize(pan));
        // ok: pan_logged.java
        log.info("token {}", card.getToken());
        // ok: pan_logged.java
        log.info("masked {}", pan.replaceAll("\\d(?=\\d{4})", "*"));
        // ok: pan_logged.java
        log.info("{} is missing", CARD_NUMBER_LABEL);
        // ok: pan_logged.java
        log.debug("validator {}", cardNumberValidator);
        // ok: pan_logged.java
        log.info("empty {}", pan.isEmpty());
        // ok: pan_logged.java
        log.info("same {}", pan.equals(request.getOther()));
        // ok: pan_logged.java
        catalog.info(request.getOrderId());
        // ok: pan_logged.java
        dialog.error("PAN", pan);

        String shown = mask(pan);
        // ok: pan_logged.java
        log.info("charging {}", shown);
        pan = PanMasker.mask(pan);
        // ok: pan_logged.java
        log.info("charging {}", pan);
    }

    void objects(CreditCard creditCard, Card card, PaymentRequest request) {
        // ruleid: pan_logged.java.card_object
        log.info("card {}", creditCard);
        // ruleid: pan_logged.java.card_object
        log.debug("card {}", card);
        // ruleid: pan_logged.java.card_object
        log.debug("card " + request.getCard());
        // ok: pan_logged.java.card_object
        log.info("card {}", card.getBrand());
        // ok: pan_logged.java.card_object
        log.info("card {}", request.getCard().getId());
        // ok: pan_logged.java.card_object
        log.info("saved card");
        // ok: pan_logged.java.card_object
        log.info("gift {}", request.getGiftCard());
    }
}

class Suppliers {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    void suppliers(Card card, String pan) {
        // ruleid: pan_logged.java
        log.debug("card {}", () -> card.getCardNumber());
        // ruleid: pan_logged.java
        log.info(() -> "card " + pan);
        // ruleid: pan_logged.java
        log.atDebug().log(() -> String.format("card %s declined", pan));
        // ruleid: pan_logged.java
        AUDIT.info("card {}", pan);
        // ruleid: pan_logged.java
        log.printf(Level.INFO, "card %s", pan);
        // ok: pan_logged.java
        log.debug("card {}", () -> mask(card.getCardNumber()));
        // ok: pan_logged.java
        log.info(() -> "card " + card.getToken());
        // ok: pan_logged.java
        log.info(() -> "digits " + pan.length());
    }

    void chained(Card card, String pan) {
        StringBuilder line = new StringBuilder("authorise ");
        line.append("amount=").append(card.getAmount()).append(", pan=").append(pan).append(';');
        // ruleid: pan_logged.java
        log.info(line.toString());
        StringBuilder safe = new StringBuilder();
        safe.append("pan=").append(mask(pan)).append(", amount=").append(card.getAmount());
        // ok: pan_logged.java
        log.info(safe.toString());
    }

    void serialised(CreditCard creditCard, Receipt receipt, String cvv) throws Exception {
        String json = mapper.writeValueAsString(creditCard);
        // ruleid: pan_logged.java.serialized
        log.info(json);
        // ruleid: pan_logged.java.serialized
        log.debug("card {}", gson.toJson(creditCard));
        // ok: pan_logged.java.serialized
        log.debug("receipt {}", gson.toJson(receipt));
        // ok: pan_logged.java.serialized
        log.debug("card {}", mask(gson.toJson(creditCard)));
    }
}

class Types {
    void types(CardDto dto, OrderDto order, GiftCard gift) {
        // ruleid: pan_logged.java.card_type
        log.info("received {}", dto);
        // ruleid: pan_logged.java.card_type
        log.debug("received " + dto);
        CreditCard found = cards.find(order.getId());
        // ruleid: pan_logged.java.card_type
        log.warn("declined {}", found);
        // ok: pan_logged.java.card_type
        log.info("received {}", order);
        // ok: pan_logged.java.card_type
        log.info("received {}", dto.getToken());
        // ok: pan_logged.java.card_type
        log.info("redeemed {}", gift);
    }
}
