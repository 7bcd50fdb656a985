"""Who talks without TLS."""

import ftplib
import http.client
import os
import smtplib
import telnetlib
import urllib.request

import aiohttp
import asyncpg
import boto3
import grpc
import httpx
import ldap
import minio
import mysql.connector
import psycopg2
import pymongo
import redis
import requests
import responses
import uvicorn
import websockets
from confluent_kafka import Producer
from flask_talisman import Talisman
from kafka import KafkaProducer
from sqlalchemy import create_engine

# ruleid: cleartext_transport.python.address
PAYMENT_API_URL = "http://api.nordhaven.example/v2"
# ruleid: cleartext_transport.python.address
GATEWAY_URL = os.environ.get("GATEWAY_URL", "http://gateway.nordhaven.example")
# ruleid: cleartext_transport.python.address
BASE_URL = "http://acquirer.example/charges"
# ok: cleartext_transport.python.address
PAYMENT_API = "https://api.nordhaven.example/v2"
# ok: cleartext_transport.python.address
VAULT_URL = "http://vault:8200"
# ok: cleartext_transport.python.address
CHARGE_ENDPOINT = "http://localhost:8080/charge"
# ok: cleartext_transport.python.address
TOKENIZER_URL = "http://tokenizer.payments.svc.cluster.local:8080"
# ok: cleartext_transport.python.address
WALLET_URL = "http://10.4.0.12:8080/wallet"
# ok: cleartext_transport.python.address
XML_NAMESPACE = "http://www.w3.org/2001/XMLSchema"
# ok: cleartext_transport.python.address
HOMEPAGE = "http://kettlewick.example"
# ok: cleartext_transport.python.address
DOCS_URL = "http://docs.nordhaven.example/payments"


def calls(session, lines, order_id):
    # ruleid: cleartext_transport.python.http
    requests.post("http://batch.nordhaven-acquiring.example/upload", data=lines, timeout=60)
    # ruleid: cleartext_transport.python.http
    session.put(f"http://refunds.nordhaven.example/v1/{order_id}", json={})
    # ruleid: cleartext_transport.python.http
    requests.get("http://api.nordhaven.example/charges", params={"order": order_id})
    # ruleid: cleartext_transport.python.http
    requests.request("POST", "http://score.hearthfraud.example/v1", json={})
    # ruleid: cleartext_transport.python.http
    client = httpx.Client(base_url="http://api.nordhaven.example")
    # ruleid: cleartext_transport.python.http
    answer = urllib.request.urlopen("http://score.hearthfraud.example", data=b"{}")
    # ruleid: cleartext_transport.python.host
    connection = http.client.HTTPConnection("payments.nordhaven.example", 80)
    # ok: cleartext_transport.python.host
    connection = http.client.HTTPConnection("localhost", 8080)
    # ok: cleartext_transport.python.http
    requests.post("https://batch.nordhaven-acquiring.example/upload", data=lines)
    # ruleid: cleartext_transport.python.read
    requests.get("http://weather.example/today")
    # ok: cleartext_transport.python.http
    requests.post("http://127.0.0.1:8125/v1/data-key", json={})
    # ok: cleartext_transport.python.http
    requests.post("http://payments:8080/charge", json={})
    # ok: cleartext_transport.python.http
    requests.post("http://payments.shop.svc.cluster.local/charge", json={})
    # ok: cleartext_transport.python.http
    requests.post(os.environ["GATEWAY_URL"], json={})
    # ok: cleartext_transport.python.http
    responses.post("http://api.nordhaven.example/charges", json={})
    # ok: cleartext_transport.python.http
    lines.put("http://batch.nordhaven.example", 3)
    return client, answer


async def sockets():
    # ruleid: cleartext_transport.python.url
    async with websockets.connect("ws://terminals.kettlewick.example/feed") as feed:
        await feed.recv()
    # ok: cleartext_transport.python.url
    async with websockets.connect("wss://terminals.kettlewick.example/feed") as feed:
        await feed.recv()
    # ok: cleartext_transport.python.url
    async with websockets.connect("ws://localhost:9000/feed") as feed:
        await feed.recv()
    async with aiohttp.ClientSession() as session:
        # ruleid: cleartext_transport.python.url
        await session.ws_connect("ws://terminals.kettlewick.example/feed")


# ruleid: cleartext_transport.python.url
CACHE_URL = os.environ.get("CACHE_URL", "redis://cache.kettlewick.example:6379/0")
# ok: cleartext_transport.python.url
SAFE_CACHE_URL = os.environ.get("CACHE_URL", "rediss://cache.kettlewick.example:6380/0")
# ok: cleartext_transport.python.url
LOCAL_CACHE_URL = "redis://redis:6379/0"
# ruleid: cleartext_transport.python.url
queue = {"broker_url": "amqp://orders@mq.kettlewick.example:5672//"}
# ok: cleartext_transport.python.url
local_queue = {"broker_url": "amqp://guest:guest@localhost:5672//"}


def databases(settings):
    # ruleid: cleartext_transport.python.database
    orders = psycopg2.connect(host="db.kettlewick.example", dbname="orders", sslmode="disable")
    # ok: cleartext_transport.python.database
    orders = psycopg2.connect(host="db.kettlewick.example", dbname="orders", sslmode="verify-full")
    # ok: cleartext_transport.python.database
    orders = psycopg2.connect(host="localhost", dbname="orders", sslmode="disable")
    # ok: cleartext_transport.python.database
    orders = psycopg2.connect(settings.dsn, sslmode=settings.sslmode)
    # ruleid: cleartext_transport.python.database
    engine = create_engine("postgresql+psycopg://orders@db.kettlewick.example/orders?sslmode=disable")
    # ok: cleartext_transport.python.database
    orders = psycopg2.connect(host="/var/run/postgresql", dbname="orders", sslmode="disable")
    # ok: cleartext_transport.python.database
    engine = create_engine("postgresql+psycopg://orders@localhost/orders?sslmode=disable")
    # ok: cleartext_transport.python.database
    engine = create_engine("postgresql+psycopg://orders@db.kettlewick.example/orders?sslmode=require")
    # ruleid: cleartext_transport.python.database
    engine = create_engine(settings.dsn, connect_args={"sslmode": "disable"})
    # ok: cleartext_transport.python.database
    engine = create_engine(settings.dsn, connect_args={"sslmode": "verify-full"})
    # ruleid: cleartext_transport.python.database
    ledger = mysql.connector.connect(host=settings.host, ssl_disabled=True)
    # ok: cleartext_transport.python.database
    ledger = mysql.connector.connect(host=settings.host, ssl_disabled=False)
    # ruleid: cleartext_transport.python.database
    pool = asyncpg.create_pool(settings.dsn, ssl=False)
    # ok: cleartext_transport.python.database
    pool = asyncpg.create_pool(settings.dsn, ssl="verify-full")
    # ruleid: cleartext_transport.python.database
    documents = pymongo.MongoClient("mongodb://db.kettlewick.example/?tls=false")
    # ok: cleartext_transport.python.database
    documents = pymongo.MongoClient("mongodb://db.kettlewick.example/?tls=true")
    # ruleid: cleartext_transport.python.database
    cache = redis.Redis(host="cache.kettlewick.example", port=6379, ssl=False)
    # ok: cleartext_transport.python.database
    cache = redis.Redis(host="localhost", port=6379, ssl=False)
    # ok: cleartext_transport.python.database
    cache = redis.Redis(host="redis", port=6379, ssl=False)
    # ruleid: cleartext_transport.python.database
    events = KafkaProducer(bootstrap_servers=settings.brokers, security_protocol="SASL_PLAINTEXT")
    # ok: cleartext_transport.python.database
    events = KafkaProducer(bootstrap_servers=settings.brokers, security_protocol="SASL_SSL")
    # ok: cleartext_transport.python.database
    events = KafkaProducer(bootstrap_servers="localhost:9092", security_protocol="PLAINTEXT")
    # ruleid: cleartext_transport.python.database
    events = AIOKafkaProducer(**{"bootstrap_servers": settings.brokers, "security_protocol": "SASL_PLAINTEXT"})
    # ok: cleartext_transport.python.database
    events = AIOKafkaProducer(**{"bootstrap_servers": settings.brokers, "security_protocol": "SASL_SSL"})
    # ok: cleartext_transport.python.database
    events = AIOKafkaProducer(**{"bootstrap_servers": "localhost:9092", "security_protocol": "PLAINTEXT"})
    # ruleid: cleartext_transport.python.database
    audit = Producer({"bootstrap.servers": settings.brokers, "security.protocol": "PLAINTEXT"})
    # ok: cleartext_transport.python.database
    audit = Producer({"bootstrap.servers": settings.brokers, "security.protocol": "SSL"})
    # ruleid: cleartext_transport.python.database
    bucket = boto3.client("s3", use_ssl=False)
    # ok: cleartext_transport.python.database
    bucket = boto3.client("s3", endpoint_url="http://localhost:4566", use_ssl=False)
    # ruleid: cleartext_transport.python.database
    store = minio.Minio("files.kettlewick.example", settings.user, settings.secret, secure=False)
    # ok: cleartext_transport.python.database
    store = minio.Minio("minio:9000", settings.user, settings.secret, secure=False)
    # ruleid: cleartext_transport.python.database
    channel = grpc.insecure_channel("vault.kettlewick.example:50051")
    # ok: cleartext_transport.python.database
    channel = grpc.insecure_channel("localhost:50051")
    # ok: cleartext_transport.python.database
    channel = grpc.insecure_channel("vault:50051")
    # ok: cleartext_transport.python.database
    channel = grpc.secure_channel("vault.kettlewick.example:50051", grpc.ssl_channel_credentials())
    return orders, engine, ledger, pool, documents, cache, events, audit, bucket, store, channel


def settlement(path, user, secret):
    # ruleid: cleartext_transport.python.login
    bank = ftplib.FTP("batch.bank.example", user, secret)
    # ruleid: cleartext_transport.python.login
    partner = ftplib.FTP("files.partner.example")
    partner.login(user, secret)
    # ok: cleartext_transport.python.login
    safe = ftplib.FTP_TLS("files.partner.example", user, secret)
    return bank, partner, safe


def upload(path, user, secret):
    # ruleid: cleartext_transport.python.login
    with ftplib.FTP("files.partner.example") as partner:
        partner.login(user, secret)


def download(path):
    # ok: cleartext_transport.python.login
    mirror = ftplib.FTP("ftp.mirror.example")
    mirror.login()
    mirror.retrbinary("RETR rates.csv", path.write)


def terminal():
    # ruleid: cleartext_transport.python.login
    box = telnetlib.Telnet("terminal.kettlewick.example")
    # ok: cleartext_transport.python.login
    local = telnetlib.Telnet("localhost", 4444)
    return box, local


def mail(host, user, secret):
    smtp = smtplib.SMTP(host, 25)
    # ruleid: cleartext_transport.python.login
    smtp.login(user, secret)
    return smtp


def mail_tls(host, user, secret):
    smtp = smtplib.SMTP(host, 587)
    smtp.ehlo()
    smtp.starttls()
    # ok: cleartext_transport.python.login
    smtp.login(user, secret)
    return smtp


def mail_block(host, user, secret):
    with smtplib.SMTP(host, 587) as smtp:
        smtp.starttls()
        # ok: cleartext_transport.python.login
        smtp.login(user, secret)
    with smtplib.SMTP_SSL(host) as smtp:
        # ok: cleartext_transport.python.login
        smtp.login(user, secret)
    with smtplib.SMTP(host) as smtp:
        # ruleid: cleartext_transport.python.login
        smtp.login(user, secret)


def directory(user, secret):
    # ruleid: cleartext_transport.python.url
    people = ldap.initialize("ldap://people.kettlewick.example")
    # ruleid: cleartext_transport.python.login
    people.simple_bind_s(user, secret)
    return people


def directory_tls(user, secret):
    people = ldap.initialize("ldaps://people.kettlewick.example")
    # ok: cleartext_transport.python.login
    people.simple_bind_s(user, secret)
    return people


def serve(app, context):
    # ruleid: cleartext_transport.python.allowed
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    # ruleid: cleartext_transport.python.allowed
    Talisman(app, force_https=False)
    # ok: cleartext_transport.python.allowed
    Talisman(app, force_https=True)
    if app.debug:
        # ok: cleartext_transport.python.allowed
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    # ruleid: cleartext_transport.python.uvicorn
    uvicorn.run(app, port=8443, ssl_context=context)
    # ok: cleartext_transport.python.uvicorn
    uvicorn.run(app, port=8443, ssl_keyfile="/run/tls.key", ssl_certfile="/run/tls.crt")


def logins():
    # ruleid: cleartext_transport.python.login_in_clear
    requests.get("http://partners.nordhaven.example/files", auth=("shop", secret), timeout=5)
    # ok: cleartext_transport.python.login_in_clear
    requests.get("https://partners.nordhaven.example/files", auth=("shop", secret), timeout=5)
    # ok: cleartext_transport.python.login_in_clear
    requests.get("http://localhost:8080/files", auth=("shop", secret), timeout=5)
    # ruleid: cleartext_transport.python.read
    requests.get("http://rates.nordhaven.example/eur.json", timeout=5)
    # ruleid: cleartext_transport.python.read
    requests.request("HEAD", "http://rates.nordhaven.example/eur.json", timeout=5)
    # ok: cleartext_transport.python.read
    requests.get("https://rates.nordhaven.example/eur.json", timeout=5)
    # ok: cleartext_transport.python.read
    rates.get("http://rates.nordhaven.example/eur.json")
    # ok: cleartext_transport.python.read
    requests.get("http://rates:8000/eur.json", timeout=5)


def statement_mail(message):
    # ruleid: cleartext_transport.python.mail
    relay = smtplib.SMTP("mail.nordhaven.example", 25)
    relay.send_message(message)


def safe_statement_mail(message):
    # ok: cleartext_transport.python.mail
    with smtplib.SMTP("mail.nordhaven.example", 587) as relay:
        relay.starttls(context=ssl.create_default_context())
        relay.send_message(message)
    # ok: cleartext_transport.python.mail
    smtplib.SMTP("localhost").send_message(message)


# ruleid: cleartext_transport.python.mail
EMAIL_USE_TLS = False
# ok: cleartext_transport.python.mail
app.config["MAIL_USE_TLS"] = True


async def partner_files():
    # ruleid: cleartext_transport.python.login
    async with aioftp.Client.context("files.nordhaven.example") as client:
        await client.list()
    # ok: cleartext_transport.python.login
    async with aioftp.Client.context("files.nordhaven.example", ssl=True) as client:
        await client.list()


def rates(url="http://rates.kettlewick.com/today"):
    # ruleid: cleartext_transport.python.read
    return requests.get(url, timeout=5)


def order(body, url="http://rates.kettlewick.com/orders"):
    # ruleid: cleartext_transport.python.read
    return requests.request("POST", url, json=body)


def here(url="http://localhost:8080/today"):
    # ok: cleartext_transport.python.read
    return requests.get(url, timeout=5)


def safe(url="https://rates.kettlewick.com/today"):
    # ok: cleartext_transport.python.read
    return requests.get(url, timeout=5)


def kept(url="http://rates.kettlewick.com/today"):
    # ok: cleartext_transport.python.read
    return cache.get(url)


def cluster():
    from distributed.security import Security

    # ruleid: cleartext_transport.python.allowed
    loose = Security(tls_ca_file="/etc/tls/ca.pem", require_encryption=False)
    # ok: cleartext_transport.python.allowed
    strict = Security(tls_ca_file="/etc/tls/ca.pem", require_encryption=True)
    return loose, strict
