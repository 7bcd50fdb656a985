package shop.payments;

import lombok.extern.slf4j.Slf4j;
import org.springframework.stereotype.Service;

@Slf4j
@Service
class AuthorisationService {
    void authorise(Card card, Swipe swipe, String cvv, String track2, String pinBlock, HttpServletRequest http) {
        // ruleid: sad_logged.java
        log.info("cvv {}", cvv);
        // ruleid: sad_logged.java
        log.debug("authorising " + card.getCvc());
        // ruleid: sad_logged.java
        log.trace("code {}", card.getSecurityCode());
        // ruleid: sad_logged.java
        log.info("track {}", track2);
        // ruleid: sad_logged.java
        log.info("pin block {}", pinBlock);
        // ruleid: sad_logged.java
        log.info("cvv {}", http.getParameter("cvv"));
        // ruleid: sad_logged.java
        System.out.println("CVV=" + cvv);
        // ruleid: sad_logged.java
        MDC.put("cvv", cvv);
        // ruleid: sad_logged.java
        log.info("encrypted {}", cipher.encrypt(cvv));
        // ruleid: sad_logged.java
        log.info("hash {}", DigestUtils.sha256Hex(cvv));
        // ruleid: sad_logged.java
        log.info("track {}", card.track2Data());
        // ruleid: sad_logged.java
        log.debug("swipe at {}: {}", swipe.terminalId(), swipe.track2());
        // ruleid: sad_logged.java
        log.debug("swipe at " + swipe.terminalId() + ": " + request.swipe().magStripe());
        // ruleid: sad_logged.java
        System.err.printf("pin block %s of %s%n", swipe.pinBlock(), swipe.terminalId());
        // ruleid: sad_logged.java
        log.info("code {}", order.card().cvv());
        String line = String.format("code=%s", card.getCvv2());
        // ruleid: sad_logged.java
        log.warn(line);
    }

    void clean(Card card, Swipe swipe, Parcel parcel, String cvv, Response response, Player player, Gpio gpio) {
        // ok: sad_logged.java
        log.info("the cvv is wrong");
        // ok: sad_logged.java
        log.info("cvv {}", mask(cvv));
        // ok: sad_logged.java
        log.info("cvv length {}", cvv.length());
        // ok: sad_logged.java
        log.info("present {}", cvv != null);
        // ok: sad_logged.java
        log.info("result {}", response.getCvvResult());
        // ok: sad_logged.java
        log.info("playing {}", player.getTrack());
        // ok: sad_logged.java
        log.info("playing {}", player.getTrackTitle());
        // ok: sad_logged.java
        log.info("pin {}", gpio.getPin());
        // ok: sad_logged.java
        log.info("valid {}", cvvValidator.isValid(cvv));
        // ok: sad_logged.java
        log.info("security {}", response.getStatusCode());
        // ok: sad_logged.java
        log.info("postal {}", player.getPinCode());
        // ok: sad_logged.java
        log.info("swipe at {}: {}", swipe.terminalId(), acquirer.authorise(swipe.track2(), swipe.pinBlock()));
        // ok: sad_logged.java
        log.info("length {}", swipe.track2().length());
        // ok: sad_logged.java
        log.info("read {}", redact(swipe.track2()));
        // ok: sad_logged.java
        log.info("read {}", swipe.maskedTrack2());
        // ok: sad_logged.java
        log.info("parcel {} at {}", parcel.trackingNumber(), parcel.trackUrl());
        // ok: sad_logged.java
        log.info("present {}", swipe.track2() != null);
    }
}
