package shop.payments;

class CardFlows {
    void flows(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ruleid: pan_in_url.java
        URI a = URI.create("https://api.example.com/cards/" + pan);
        // ruleid: pan_in_url.java
        URL b = new URL("https://api.example.com/cards?pan=" + card.getNumber());
        String url = String.format("https://api.example.com/cards/%s", pan);
        // ruleid: pan_in_url.java
        String c = restTemplate.getForObject(url, String.class);
        // ruleid: pan_in_url.java
        String d = restTemplate.getForObject("https://api.example.com/cards/{number}", String.class, pan);
        // ruleid: pan_in_url.java
        UriComponentsBuilder.fromPath("/cards").queryParam("pan", pan).toUriString();
        // ruleid: pan_in_url.java
        HttpGet e = new HttpGet("https://api.example.com/cards/" + pan + "/status");
        // ruleid: pan_in_url.java
        response.sendRedirect("/pay?card=" + request.getParameter("cardNumber"));
        // ruleid: pan_in_url.java
        webClient.get().uri("/cards/{number}", pan).retrieve();
        // ruleid: pan_in_url.java
        HttpUrl.parse(base).newBuilder().addQueryParameter("pan", pan).build();
    }

    void clean(Card card, String pan, HttpServletRequest request, HttpServletResponse response) throws Exception {
        // ok: pan_in_url.java
        URI a = URI.create("https://api.example.com/cards/" + card.getToken());
        // ok: pan_in_url.java
        String b = restTemplate.postForObject("https://api.example.com/cards", card, String.class);
        // ok: pan_in_url.java
        String c = restTemplate.postForObject("https://api.example.com/cards", Map.of("pan", pan), String.class);
        // ok: pan_in_url.java
        UriComponentsBuilder.fromPath("/cards").queryParam("bin", pan.substring(0, 6)).toUriString();
        // ok: pan_in_url.java
        URI d = URI.create("https://api.example.com/cards/" + tokenize(pan));
        // ok: pan_in_url.java
        response.sendRedirect("/pay?last4=" + pan.substring(pan.length() - 4));
    }

    // ruleid: pan_in_url.java.route
    @GetMapping("/cards/{cardNumber}")
    Card read(@PathVariable String cardNumber) {
        return null;
    }

    // ruleid: pan_in_url.java.route
    @RequestMapping(value = "/cards/{pan}/status", method = RequestMethod.GET)
    Card status(@PathVariable String pan) {
        return null;
    }

    @GetMapping("/search")
    // ruleid: pan_in_url.java.route
    Card search(@RequestParam String cardNumber) {
        return null;
    }

    // ok: pan_in_url.java.route
    @GetMapping("/cards/{cardToken}")
    Card byToken(@PathVariable String cardToken) {
        return null;
    }

    // ok: pan_in_url.java.route
    @PostMapping("/cards")
    Card create(@RequestBody CardRequest cardNumber) {
        return null;
    }
}

class Lambdas {
    void lambdas(WebClient web, Card card, String pan) {
        // ruleid: pan_in_url.java
        web.get().uri(b -> b.path("/bin").queryParam("pan", pan).build()).retrieve();
        // ok: pan_in_url.java
        web.get().uri(b -> b.path("/bin").queryParam("token", card.getToken()).build()).retrieve();
    }
}
