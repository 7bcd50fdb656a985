package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: pan_unkeyed_hash.java
        byte[] a = MessageDigest.getInstance("SHA-256").digest(pan.getBytes());
        MessageDigest md = MessageDigest.getInstance("SHA-512");
        // ruleid: pan_unkeyed_hash.java
        byte[] b = md.digest(card.getNumber().getBytes(StandardCharsets.UTF_8));
        // ruleid: pan_unkeyed_hash.java
        md.update(pan.getBytes());
        // ruleid: pan_unkeyed_hash.java
        String c = DigestUtils.sha256Hex(pan);
        // ruleid: pan_unkeyed_hash.java
        String d = DigestUtils.md5Hex(card.getCardNumber());
        // ruleid: pan_unkeyed_hash.java
        String e = Hashing.sha256().hashString(pan, StandardCharsets.UTF_8).toString();
        // ruleid: pan_unkeyed_hash.java
        String f = DigestUtils.sha256Hex(SALT + pan);
        // ruleid: pan_unkeyed_hash.java
        String g = BCrypt.hashpw(pan, BCrypt.gensalt());
        String compact = pan.replace(" ", "");
        // ruleid: pan_unkeyed_hash.java
        String h = DigestUtils.sha1Hex(compact);
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        // ok: pan_unkeyed_hash.java
        mac.init(key);
        // ok: pan_unkeyed_hash.java
        byte[] a = mac.doFinal(pan.getBytes());
        // ok: pan_unkeyed_hash.java
        mac.update(pan.getBytes());
        // ok: pan_unkeyed_hash.java
        String b = Hashing.hmacSha256(key).hashString(pan, UTF_8).toString();
        // ok: pan_unkeyed_hash.java
        String c = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(pan);
        // ok: pan_unkeyed_hash.java
        String d = DigestUtils.md5Hex(fileBytes);
        // ok: pan_unkeyed_hash.java
        String e = DigestUtils.sha256Hex(card.getToken());
        // ok: pan_unkeyed_hash.java
        String f = DigestUtils.sha256Hex(card.getMaskedPan());
        // ok: pan_unkeyed_hash.java
        int g = pan.hashCode();
    }
}

class Spring {
    String index(String pan) {
        // ruleid: pan_unkeyed_hash.java
        return org.springframework.util.DigestUtils.md5DigestAsHex(pan.getBytes());
    }
}
