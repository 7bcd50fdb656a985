"""Settings of the payment service, looked at when it starts."""

import os
from urllib.parse import urlsplit

# ok: payment_code_hygiene.python.address
GATEWAY = os.environ["GATEWAY_URL"]
if urlsplit(GATEWAY).scheme != "https":
    raise SystemExit("GATEWAY_URL must be https")
# ok: payment_code_hygiene.python.unchecked_secret
JWT_SECRET = os.environ.get("JWT_SECRET")
if not JWT_SECRET or len(JWT_SECRET) < 32:
    raise SystemExit("JWT_SECRET is missing or short")


def sealed(AESGCM, key):
    # ok: payment_code_hygiene.python.fernet
    return AESGCM(key)
