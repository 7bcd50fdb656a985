"""Whose certificate is believed."""

import os
import ssl
import urllib.request

import aiohttp
import asyncssh
import boto3
import httpx
import ldap
import paho.mqtt.client as mqtt
import paramiko
import pycurl
import pymongo
import pyodbc
import pysftp
import redis
import requests
import urllib3
import uvicorn
import websocket
from elasticsearch import Elasticsearch
from kubernetes import client as k8s
from OpenSSL import SSL

VERIFY = False


def http(url, session, settings):
    # ruleid: tls_verification_disabled.python.http
    requests.post(url, json={"amount": 1}, verify=False, timeout=5)
    # ruleid: tls_verification_disabled.python.http
    requests.get(url, verify=VERIFY)
    # ruleid: tls_verification_disabled.python.http
    session.put(url, verify=False)
    # ruleid: tls_verification_disabled.python.http
    session.verify = False
    # ruleid: tls_verification_disabled.python.http
    client = httpx.AsyncClient(verify=False)
    # ruleid: tls_verification_disabled.python.http
    s3 = boto3.client("s3", verify=False)
    kwargs = {}
    # ruleid: tls_verification_disabled.python.http
    kwargs["verify"] = False
    # ok: tls_verification_disabled.python.http
    requests.post(url, verify="/etc/ssl/hearth-ca.pem")
    # ok: tls_verification_disabled.python.http
    requests.post(url, verify=True)
    # ok: tls_verification_disabled.python.http
    requests.post(url, verify=settings.verify_tls)
    # ok: tls_verification_disabled.python.http
    session.verify = settings.ca_bundle
    # ok: tls_verification_disabled.python.http
    images = [image.open(verify=False) for image in settings.images]
    # ok: tls_verification_disabled.python.http
    settings.form.verify = False
    # ok: tls_verification_disabled.python.http
    urllib3.disable_warnings()
    return client, s3, images


async def aio(url):
    # ruleid: tls_verification_disabled.python.http
    connector = aiohttp.TCPConnector(ssl=False)
    async with aiohttp.ClientSession(connector=connector) as session:
        # ruleid: tls_verification_disabled.python.http
        await session.get(url, ssl=False)
        # ruleid: tls_verification_disabled.python.driver
        await session.post(url, verify_ssl=False)
        # ok: tls_verification_disabled.python.http
        await session.get(url, ssl=ssl.create_default_context())
        # ok: tls_verification_disabled.python.http
        await session.get(url)


def contexts(host, sock):
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    # ruleid: tls_verification_disabled.python.no_certificate
    unverified.verify_mode = ssl.CERT_NONE
    nameless = ssl.create_default_context()
    # ruleid: tls_verification_disabled.python.check_hostname
    nameless.check_hostname = False
    nameless.verify_mode = ssl.CERT_REQUIRED
    # ruleid: tls_verification_disabled.python.no_certificate
    answer = urllib.request.urlopen(host, context=ssl._create_unverified_context())
    # ruleid: tls_verification_disabled.python.no_certificate
    ssl._create_default_https_context = ssl._create_unverified_context
    # ruleid: tls_verification_disabled.python.no_certificate
    wrapped = ssl.wrap_socket(sock)
    # ok: tls_verification_disabled.python.no_certificate
    told = ssl.wrap_socket(sock, ciphers=ciphers, **options)
    # ok: tls_verification_disabled.python.no_certificate
    checked = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_REQUIRED, ca_certs="/etc/ssl/ca.pem")
    # ok: tls_verification_disabled.python.check_hostname
    good = ssl.create_default_context(cafile="/etc/ssl/ca.pem")
    good.check_hostname = True
    # ok: tls_verification_disabled.python.no_certificate
    good.verify_mode = ssl.CERT_REQUIRED
    # ok: tls_verification_disabled.python.no_certificate
    if good.verify_mode == ssl.CERT_NONE:
        raise RuntimeError("certificates must be checked")
    return answer, wrapped, checked, good


def server_contexts(sock):
    listener = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    # ok: tls_verification_disabled.python.check_hostname
    listener.check_hostname = False
    # ok: tls_verification_disabled.python.no_certificate
    listener.verify_mode = ssl.CERT_NONE
    plain = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # ok: tls_verification_disabled.python.no_certificate
    plain.verify_mode = ssl.CERT_NONE
    # ok: tls_verification_disabled.python.no_certificate
    uvicorn.run("app:app", ssl_keyfile="/run/key.pem", ssl_cert_reqs=ssl.CERT_NONE)
    # ok: tls_verification_disabled.python.no_certificate
    return ssl.wrap_socket(sock, server_side=True, cert_reqs=ssl.CERT_NONE)


def bare(sock, host, connect):
    # ruleid: tls_verification_disabled.python.bare_context
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.load_verify_locations("/etc/ssl/ca.pem")
    return context.wrap_socket(sock, server_hostname=host)


def bare_urlopen(url):
    # ruleid: tls_verification_disabled.python.bare_context
    context = ssl.SSLContext()
    return urllib.request.urlopen(url, context=context)


def careful(sock, host):
    # ok: tls_verification_disabled.python.bare_context
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    return context.wrap_socket(sock, server_hostname=host)


def modern(sock, host):
    # ok: tls_verification_disabled.python.bare_context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return context.wrap_socket(sock, server_hostname=host)


def bare_server(sock):
    # ok: tls_verification_disabled.python.bare_context
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
    context.load_cert_chain("/run/cert.pem")
    return context.wrap_socket(sock, server_side=True)


def drivers(url, host, curl, settings):
    # ruleid: tls_verification_disabled.python.no_certificate
    cache = redis.Redis(host=host, ssl=True, ssl_cert_reqs=None)
    # ruleid: tls_verification_disabled.python.no_certificate
    cache = redis.Redis(host=host, ssl=True, ssl_cert_reqs="none")
    # ruleid: tls_verification_disabled.python.check_hostname
    cache = redis.Redis(host=host, ssl=True, ssl_check_hostname=False)
    # ok: tls_verification_disabled.python.no_certificate
    cache = redis.Redis(host=host, ssl=True, ssl_cert_reqs="required")
    # ruleid: tls_verification_disabled.python.no_certificate
    broker = "rediss://cache.kettle.example:6380/0?ssl_cert_reqs=CERT_NONE"
    # ruleid: tls_verification_disabled.python.no_certificate
    pool = urllib3.PoolManager(cert_reqs="CERT_NONE")
    # ruleid: tls_verification_disabled.python.check_hostname
    named = urllib3.HTTPSConnectionPool(host, assert_hostname=False)
    # ok: tls_verification_disabled.python.no_certificate
    pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")
    # ruleid: tls_verification_disabled.python.driver
    orders = pymongo.MongoClient(url, tls=True, tlsAllowInvalidCertificates=True)
    # ok: tls_verification_disabled.python.driver
    orders = pymongo.MongoClient(url, tls=True, tlsAllowInvalidCertificates=False)
    # ruleid: tls_verification_disabled.python.driver
    search = Elasticsearch(url, verify_certs=False)
    # ok: tls_verification_disabled.python.driver
    search = Elasticsearch(url, verify_certs=settings.verify, ca_certs="/etc/ssl/ca.pem")
    configuration = k8s.Configuration()
    # ruleid: tls_verification_disabled.python.driver
    configuration.verify_ssl = False
    # ruleid: tls_verification_disabled.python.no_certificate
    feed = websocket.create_connection(url, sslopt={"cert_reqs": ssl.CERT_NONE, "check_hostname": False})
    queue = mqtt.Client()
    # ruleid: tls_verification_disabled.python.driver
    queue.tls_insecure_set(True)
    # ok: tls_verification_disabled.python.driver
    queue.tls_insecure_set(False)
    # ruleid: tls_verification_disabled.python.no_certificate
    queue.tls_set(ca_certs="/etc/ssl/ca.pem", cert_reqs=ssl.CERT_NONE)
    # ruleid: tls_verification_disabled.python.driver
    ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)
    # ok: tls_verification_disabled.python.driver
    ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
    # ruleid: tls_verification_disabled.python.driver
    curl.setopt(pycurl.SSL_VERIFYPEER, 0)
    # ok: tls_verification_disabled.python.driver
    curl.setopt(pycurl.SSL_VERIFYPEER, 1)
    ledger = pyodbc.connect(
        # ruleid: tls_verification_disabled.python.driver
        "Driver={ODBC Driver 18 for SQL Server};Encrypt=yes;TrustServerCertificate=yes;"
    )
    # ok: tls_verification_disabled.python.driver
    ledger = pyodbc.connect("Driver={ODBC Driver 18 for SQL Server};Encrypt=yes;TrustServerCertificate=no;")
    # ruleid: tls_verification_disabled.python.no_certificate
    os.environ["PYTHONHTTPSVERIFY"] = "0"
    # ok: tls_verification_disabled.python.no_certificate
    os.environ["PYTHONHTTPSVERIFY"] = "1"
    return cache, broker, pool, named, orders, search, feed, ledger


def pyopenssl(context, check):
    # ruleid: tls_verification_disabled.python.pyopenssl
    context.set_verify(SSL.VERIFY_NONE, check)
    # ruleid: tls_verification_disabled.python.pyopenssl
    context.set_verify(SSL.VERIFY_PEER, lambda conn, cert, errno, depth, ok: True)
    # ok: tls_verification_disabled.python.pyopenssl
    context.set_verify(SSL.VERIFY_PEER, lambda conn, cert, errno, depth, ok: ok)
    # ok: tls_verification_disabled.python.pyopenssl
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, check)


async def settlement(host):
    ssh = paramiko.SSHClient()
    # ruleid: tls_verification_disabled.python.ssh
    ssh.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    # ok: tls_verification_disabled.python.ssh
    ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
    # ok: tls_verification_disabled.python.ssh
    ssh.load_system_host_keys()
    # ruleid: tls_verification_disabled.python.ssh
    async with asyncssh.connect(host, known_hosts=None) as connection:
        await connection.run("put settlement.csv")
    # ok: tls_verification_disabled.python.ssh
    async with asyncssh.connect(host, known_hosts="/etc/ssh/partners") as connection:
        await connection.run("put settlement.csv")
    options = pysftp.CnOpts()
    # ruleid: tls_verification_disabled.python.ssh
    options.hostkeys = None
