package shop.payments;

import lombok.extern.slf4j.Slf4j;

@Slf4j
class AuthorisationService {
    void authorise(Card card, String cvv, String track2, String pinBlock, HttpServletRequest http) {
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
        String line = String.format("code=%s", card.getCvv2());
        // ruleid: sad_logged.java
        log.warn(line);
    }

    void clean(Card card, String cvv, Response response, Player player, Gpio gpio) {
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
    }
}
