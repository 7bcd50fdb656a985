"""Cookies."""

from fastapi import FastAPI, Response
from fastapi_users.authentication import CookieTransport
from flask import Flask
from pyramid.session import SignedCookieSessionFactory
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware

SESSION_COOKIE = "kw"


def cookies(response: Response, session_id, settings, options):
    # ruleid: insecure_cookie.python.set_cookie
    response.set_cookie("session", session_id, max_age=604800)
    # ruleid: insecure_cookie.python.set_cookie
    response.set_cookie(key="auth_token", value=session_id, httponly=True)
    # ruleid: insecure_cookie.python.set_cookie
    response.set_cookie("session_id", session_id, secure=True, httponly=False)
    # ruleid: insecure_cookie.python.set_cookie
    response.set_cookie(SESSION_COOKIE, session_id, secure=True)
    # ruleid: insecure_cookie.python.set_cookie
    response.set_signed_cookie("remember_me", session_id, secure=False, httponly=True)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("__Host-login", session_id, max_age=1800, secure=True, httponly=True, samesite="strict")
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("session", session_id, httponly=True, secure=settings.cookie_secure)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("session", session_id, **options)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("session", "", max_age=0)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("theme", "dark", max_age=31536000)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("csrftoken", session_id, secure=True)
    # ok: insecure_cookie.python.set_cookie
    response.set_cookie("cart_seen", "1")
    # ok: insecure_cookie.python.set_cookie
    response.delete_cookie("session")


flask_app = Flask(__name__)
# ruleid: insecure_cookie.python.setting
flask_app.config["SESSION_COOKIE_SECURE"] = False
# ruleid: insecure_cookie.python.setting
flask_app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=False)
# ruleid: insecure_cookie.python.setting
SESSION_COOKIE_SECURE = False
# ruleid: insecure_cookie.python.setting
SESSION_COOKIE_HTTPONLY = False
# ruleid: insecure_cookie.python.setting
CSRF_COOKIE_SECURE = False
# ok: insecure_cookie.python.setting
SESSION_COOKIE_SECURE = True
# ok: insecure_cookie.python.setting
CSRF_COOKIE_HTTPONLY = False
# ok: insecure_cookie.python.setting
SESSION_SAVE_EVERY_REQUEST = False

if DEBUG:
    # ok: insecure_cookie.python.setting
    SESSION_COOKIE_SECURE = False


class ProductionConfig:
    # ruleid: insecure_cookie.python.setting
    REMEMBER_COOKIE_SECURE = False


class DevelopmentConfig(ProductionConfig):
    # ok: insecure_cookie.python.setting
    SESSION_COOKIE_SECURE = False


app = FastAPI()
# ruleid: insecure_cookie.python.framework
app.add_middleware(SessionMiddleware, secret_key=settings.session_key)
# ruleid: insecure_cookie.python.framework
middleware = [Middleware(SessionMiddleware, secret_key=settings.session_key, https_only=False)]
# ruleid: insecure_cookie.python.framework
transport = CookieTransport(cookie_max_age=3600, cookie_secure=False)
# ruleid: insecure_cookie.python.framework
factory = SignedCookieSessionFactory(settings.session_key)
# ok: insecure_cookie.python.framework
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=True, same_site="lax")
# ok: insecure_cookie.python.framework
app.add_middleware(SessionMiddleware, secret_key=settings.session_key, https_only=settings.https)
# ok: insecure_cookie.python.framework
good_transport = CookieTransport(cookie_max_age=3600)
# ok: insecure_cookie.python.framework
good_factory = SignedCookieSessionFactory(settings.session_key, secure=True, httponly=True)
# ok: insecure_cookie.python.framework
app.add_middleware(GZipMiddleware, minimum_size=1000)
