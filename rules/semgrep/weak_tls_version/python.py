"""Which TLS versions a service accepts."""

import os
import ssl
from ssl import PROTOCOL_TLSv1_1, SSLContext, TLSVersion

import mysql.connector
import psycopg
import urllib3
import uvicorn
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudfront as cloudfront
from OpenSSL import SSL
from requests.adapters import HTTPAdapter
from twisted.internet import ssl as twisted_ssl
from twisted.internet.ssl import TLSVersion as TwistedVersion
from urllib3.poolmanager import PoolManager


def contexts():
    # ruleid: weak_tls_version.python.protocol
    oldest = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
    # ruleid: weak_tls_version.python.protocol
    old = SSLContext(PROTOCOL_TLSv1_1)
    # ruleid: weak_tls_version.python.protocol
    ancient = ssl.SSLContext(protocol=ssl.PROTOCOL_SSLv3)
    # ok: weak_tls_version.python.protocol
    pinned = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    # ok: weak_tls_version.python.protocol
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # ok: weak_tls_version.python.protocol
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # ok: weak_tls_version.python.protocol
    negotiated = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
    return oldest, old, ancient, pinned, client, server, negotiated


class TerminalAdapter(HTTPAdapter):
    def init_poolmanager(self, connections, maxsize, block=False):
        self.poolmanager = PoolManager(
            num_pools=connections,
            maxsize=maxsize,
            # ruleid: weak_tls_version.python.protocol
            ssl_version=ssl.PROTOCOL_TLSv1,
        )


CASSANDRA = {
    "ca_certs": "/etc/ssl/ca.pem",
    # ruleid: weak_tls_version.python.protocol
    "ssl_version": ssl.PROTOCOL_TLSv1,
}

# ruleid: weak_tls_version.python.protocol
ssl_version = ssl.PROTOCOL_TLSv1_1


# ruleid: weak_tls_version.python.protocol
def serve(app, ssl_version=ssl.PROTOCOL_TLSv1):
    uvicorn.run(app, ssl_version=ssl_version)


def describe(protocol):
    # ok: weak_tls_version.python.protocol
    if protocol == ssl.PROTOCOL_TLSv1:
        return "TLS 1.0"
    # ok: weak_tls_version.python.protocol
    names = {ssl.PROTOCOL_TLSv1: "TLS 1.0", ssl.PROTOCOL_TLSv1_1: "TLS 1.1"}
    # ok: weak_tls_version.python.protocol
    if protocol in (ssl.PROTOCOL_TLSv1, ssl.PROTOCOL_TLSv1_1):
        raise ValueError("too old")
    return names[protocol]


def bounds():
    context = ssl.create_default_context()
    # ruleid: weak_tls_version.python.bounds
    context.minimum_version = ssl.TLSVersion.TLSv1
    # ruleid: weak_tls_version.python.bounds
    context.minimum_version = TLSVersion.TLSv1_1
    # ruleid: weak_tls_version.python.bounds
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    # ruleid: weak_tls_version.python.bounds
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    # ruleid: weak_tls_version.python.bounds
    pool = urllib3.PoolManager(ssl_minimum_version=ssl.TLSVersion.TLSv1)
    # ok: weak_tls_version.python.bounds
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # ok: weak_tls_version.python.bounds
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # ok: weak_tls_version.python.bounds
    context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
    # ok: weak_tls_version.python.bounds
    if context.minimum_version == ssl.TLSVersion.TLSv1:
        raise RuntimeError("refusing TLS 1.0")
    # ok: weak_tls_version.python.bounds
    assert context.minimum_version > ssl.TLSVersion.TLSv1_1
    return context, pool


def options(context):
    # ruleid: weak_tls_version.python.options
    context.options &= ~ssl.OP_NO_TLSv1
    # ruleid: weak_tls_version.python.options
    context.options &= ~ssl.OP_NO_SSLv3
    # ruleid: weak_tls_version.python.options
    context.options = context.options & ~ssl.OP_NO_TLSv1_1
    # ok: weak_tls_version.python.options
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    # ok: weak_tls_version.python.options
    context.options &= ~ssl.OP_NO_TLSv1_3
    # ok: weak_tls_version.python.options
    context.options &= ~ssl.OP_NO_TICKET


def pyopenssl():
    # ruleid: weak_tls_version.python.pyopenssl
    old = SSL.Context(SSL.TLSv1_METHOD)
    # ruleid: weak_tls_version.python.pyopenssl
    older = SSL.Context(SSL.SSLv3_METHOD)
    context = SSL.Context(SSL.TLS_METHOD)
    # ruleid: weak_tls_version.python.pyopenssl
    context.set_min_proto_version(SSL.TLS1_VERSION)
    # ok: weak_tls_version.python.pyopenssl
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    # ok: weak_tls_version.python.pyopenssl
    good = SSL.Context(SSL.TLSv1_2_METHOD)
    # ok: weak_tls_version.python.pyopenssl
    compatible = SSL.Context(SSL.SSLv23_METHOD)
    # ruleid: weak_tls_version.python.pyopenssl
    terminals = twisted_ssl.CertificateOptions(method=SSL.TLSv1_METHOD)
    # ruleid: weak_tls_version.python.pyopenssl
    lowered = twisted_ssl.CertificateOptions(insecurelyLowerMinimumTo=TwistedVersion.TLSv1_0)
    # ok: weak_tls_version.python.pyopenssl
    raised = twisted_ssl.CertificateOptions(raiseMinimumTo=TwistedVersion.TLSv1_2)
    return old, older, good, compatible, terminals, lowered, raised


def drivers(stack, certificate, listener):
    # ruleid: weak_tls_version.python.named
    orders = mysql.connector.connect(host=os.environ["DB"], tls_versions=["TLSv1.1", "TLSv1.2"])
    # ok: weak_tls_version.python.named
    ledger = mysql.connector.connect(host=os.environ["DB"], tls_versions=["TLSv1.2", "TLSv1.3"])
    # ruleid: weak_tls_version.python.named
    legacy = psycopg.connect(os.environ["DSN"], ssl_min_protocol_version="TLSv1")
    # ok: weak_tls_version.python.named
    current = psycopg.connect(os.environ["DSN"], ssl_min_protocol_version="TLSv1.2")
    # ruleid: weak_tls_version.python.named
    cdn = cloudfront.Distribution(stack, "cdn", minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2016)
    # ok: weak_tls_version.python.named
    good = cloudfront.Distribution(stack, "c2", minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021)
    # ruleid: weak_tls_version.python.named
    name = apigateway.DomainName(stack, "api", security_policy=apigateway.SecurityPolicy.TLS_1_0, certificate=certificate)
    # ok: weak_tls_version.python.named
    name = apigateway.DomainName(stack, "api", security_policy=apigateway.SecurityPolicy.TLS_1_2, certificate=certificate)
    # ruleid: weak_tls_version.python.named
    listener("https", ssl_policy="ELBSecurityPolicy-2016-08")
    # ok: weak_tls_version.python.named
    listener("https", ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06")
    return orders, ledger, legacy, current, cdn, good, name


# ok: weak_tls_version.python.named
release(version="1.1", minimum_version="1.0")
