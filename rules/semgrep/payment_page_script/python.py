# ruleid: payment_page_script.python.policy
CSP_SCRIPT_SRC = ("'self'", "'unsafe-inline'", "https://js.stripe.com")
# ok: payment_page_script.python.policy
CSP_STYLE_SRC = ("'self'", "'unsafe-inline'")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        # ruleid: payment_page_script.python.policy
        "script-src": ["'self'", "'unsafe-eval'", "https://js.stripe.com"],
        # ok: payment_page_script.python.policy
        "style-src": ["'self'", "'unsafe-inline'"],
    }
}
# ok: payment_page_script.python.policy
GOOD = {"script-src": ["'self'", NONCE, "https://js.stripe.com"]}
# ruleid: payment_page_script.python.policy
TALISMAN = {"default-src": "'self'", "script-src": "'self' 'unsafe-inline' https://js.stripe.com"}


def answer(response):
    # ruleid: payment_page_script.python.policy
    response["Content-Security-Policy"] = "default-src 'self'; script-src 'self' 'unsafe-inline' https://js.stripe.com"
    # ok: payment_page_script.python.policy
    response["Content-Security-Policy"] = "default-src 'self'; script-src 'self' https://js.stripe.com"
