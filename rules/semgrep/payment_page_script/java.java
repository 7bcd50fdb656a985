class Security {
    void configure(HttpSecurity http) throws Exception {
        // ruleid: payment_page_script.java.policy
        http.headers(h -> h.contentSecurityPolicy(c -> c.policyDirectives("script-src 'self' 'unsafe-inline' https://js.stripe.com")));
        // ok: payment_page_script.java.policy
        http.headers(h -> h.contentSecurityPolicy(c -> c.policyDirectives("script-src 'self' https://js.stripe.com")));
    }
}
