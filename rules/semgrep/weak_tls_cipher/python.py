"""Which cipher suites a service accepts."""

import ssl

import paho.mqtt.client as mqtt
import requests
import urllib3
import uvicorn
from OpenSSL import SSL
from twisted.internet.ssl import AcceptableCiphers
from urllib3.util.ssl_ import create_urllib3_context

TERMINAL_SUITES = "DES-CBC3-SHA:AES128-SHA"


def contexts(settings):
    context = ssl.create_default_context()
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("DEFAULT:RC4-SHA")
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-DES-CBC3-SHA")
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers(TERMINAL_SUITES)
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("aNULL:eNULL")
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("ALL")
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("HIGH:!DH:!aNULL:kRSA+3DES")
    # ruleid: weak_tls_cipher.python.list
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!MD5:!3DES")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers("HIGH:!aNULL:!eNULL:!MD5:!RC4:-DES")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-SHA384")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers("ALL:!aNULL:!eNULL:!SSLv2")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers("DEFAULT@SECLEVEL=2")
    # ok: weak_tls_cipher.python.list
    context.set_ciphers(settings.ciphers)
    return context


def clients(app):
    # ruleid: weak_tls_cipher.python.list
    adapter = create_urllib3_context(ciphers="ECDHE+AESGCM:RC4")
    # ok: weak_tls_cipher.python.list
    good = create_urllib3_context(ciphers="ECDHE+AESGCM")
    # ruleid: weak_tls_cipher.python.list
    uvicorn.run(app, ssl_keyfile="/run/tls.key", ssl_ciphers="TLSv1.2:EXPORT")
    # ok: weak_tls_cipher.python.list
    uvicorn.run(app, ssl_keyfile="/run/tls.key", ssl_ciphers="TLSv1.2")
    queue = mqtt.Client()
    # ruleid: weak_tls_cipher.python.list
    queue.tls_set(ca_certs="/etc/ssl/ca.pem", ciphers="ADH-AES256-SHA")
    # ruleid: weak_tls_cipher.python.list
    requests.packages.urllib3.util.ssl_.DEFAULT_CIPHERS += ":DES-CBC3-SHA"
    # ok: weak_tls_cipher.python.list
    urllib3.util.ssl_.DEFAULT_CIPHERS = "ECDHE+AESGCM"
    listener = SSL.Context(SSL.TLS_METHOD)
    # ruleid: weak_tls_cipher.python.list
    listener.set_cipher_list(b"RC4-MD5:RC4-SHA")
    # ok: weak_tls_cipher.python.list
    listener.set_cipher_list(b"ECDHE+AESGCM")
    # ruleid: weak_tls_cipher.python.list
    twisted = AcceptableCiphers.fromOpenSSLCipherString("NULL-SHA256")
    return adapter, good, twisted


# ruleid: weak_tls_cipher.python.list
ciphers = "ECDHE-RSA-AES128-SHA:IDEA-CBC-SHA"

# ok: weak_tls_cipher.python.list
BLOCKED = {"ciphers": ["RC4", "3DES"], "note": "RC4 is refused"}


def classify(suite):
    # ok: weak_tls_cipher.python.list
    return "weak" if suite in ("RC4-SHA", "DES-CBC3-SHA") else "good"


# ok: weak_tls_cipher.python.list
ciphertext = "NULL"
