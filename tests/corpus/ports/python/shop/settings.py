"""Django's settings: what is secret comes from the environment, without a default, and the start fails without it."""

import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
SMTP_PASSWORD = os.environ["SMTP_PASSWORD"]
ADMIN_PASSWORD = os.environ["ADMIN_PASSWORD"]
ACQUIRER_API_KEY = os.environ["ACQUIRER_API_KEY"]
DSN = os.environ["ORDERS_DSN"]
PAYMENT_API_URL = "https://api.nordhaven.shop/v2"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSP_SCRIPT_SRC = ("'self'", "https://js.stripe.com")
