"""Passwords, keys and tokens."""

import ftplib
import getpass
import os
import smtplib

import boto3
import mysql.connector
import paramiko
import pika
import psycopg2
import pymysql
import redis
import requests
import stripe
from pydantic import Field
from pydantic_settings import BaseSettings
from requests.auth import HTTPBasicAuth
from sqlalchemy import create_engine

ACQUIRER_URL = "https://api.nordhaven-acquiring.example/v2"
# ruleid: hard_coded_credential.python.token
ACQUIRER_API_KEY = "nha_live_8fK2vQ7xLw3TzR9bYc5HdN1m"
# ok: hard_coded_credential.python.token
API_KEY_HEADER = "X-Nordhaven-Key"
# ok: hard_coded_credential.python.password
PASSWORD_RESET_PATH = "/account/password/reset"
# ok: hard_coded_credential.python.password
PASSWORD_HINT_TEXT = "account.password.hint"
# ok: hard_coded_credential.python.password
GRANT_PASSWORD = "password"
# ok: hard_coded_credential.python.password
CHANGE_PASSWORD = "change_password"
# ok: hard_coded_credential.python.password
PASSWORD_PATTERN = "^(?=.*[0-9])(?=.*[a-z]).{12,}$"
# ruleid: hard_coded_credential.python.password
DB_PASSWORD = "Lapsang-Souchong-41"
# ruleid: hard_coded_credential.python.account_password
ADMIN_PASSWORD = "oolong"
# ruleid: hard_coded_credential.python.password
SMTP_PASSWORD = os.environ.get("SMTP_PASSWORD", "keemun99")
# ok: hard_coded_credential.python.password
REDIS_PASSWORD = os.environ["REDIS_PASSWORD"]
# ok: hard_coded_credential.python.password
MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD", "")
# ok: hard_coded_credential.python.password
DATABASE_PASSWORD = "<password>"
# ok: hard_coded_credential.python.account_password
POSTGRES_PASSWORD = "POSTGRES_PASSWORD"
# ok: hard_coded_credential.python.password
ROOT_PASSWORD = "changeme"
# ok: hard_coded_credential.python.password
password = getpass.getpass("Password 1: ")
# ok: hard_coded_credential.python.password
password_label = "Password 2024!"
# ok: hard_coded_credential.python.token
NEXT_PAGE_TOKEN = "eyJvZmZzZXQiOjEwMH0eyJvZmZzZXQi"
# ok: hard_coded_credential.python.token
ACCESS_TOKEN = "accessTokenOfTheUserInSession"
# ok: hard_coded_credential.python.token
API_KEY = "your-api-key-1234567890"
# ok: hard_coded_credential.python.token
AUTH_TOKEN = os.environ["AUTH_TOKEN"]
# ok: hard_coded_credential.python.token
GIT_COMMIT = "8f2b7d0c4a6e91538f2b7d0c4a6e9153"


class Settings(BaseSettings):
    # ruleid: hard_coded_credential.python.password
    db_password: str = "Assam2nd!flush"
    # ruleid: hard_coded_credential.python.token
    gateway_api_key: str = Field(default="7xLw3TzR9bYc5HdN1m8fK2vQ")
    # ok: hard_coded_credential.python.password
    smtp_password: str
    # ok: hard_coded_credential.python.token
    fraud_api_key: str = Field(..., min_length=24)


# ruleid: hard_coded_credential.python.password
DATABASES = {"default": {"NAME": "orders", "HOST": "db", "USER": "orders", "PASSWORD": "Darjeeling#1"}}
# ok: hard_coded_credential.python.password
SAFE_DATABASES = {"default": {"NAME": "orders", "PASSWORD": os.environ["DB_PASSWORD"]}}


def clients(settings, host, secret):
    # ruleid: hard_coded_credential.python.client
    orders = psycopg2.connect(host="db.kettlewick.example", user="orders", password="tearoom")
    # ruleid: hard_coded_credential.python.client
    ledger = mysql.connector.connect(host=host, user="ledger", passwd="tearoom")
    # ruleid: hard_coded_credential.python.client
    cache = redis.Redis(host="cache.kettlewick.example", password="tearoom")
    # ruleid: hard_coded_credential.python.client
    bucket = boto3.client("s3", aws_access_key_id=settings.key_id, aws_secret_access_key="wJalr7tnFEMIK7MDENGbPxRfiCYzzSteep")
    # ruleid: hard_coded_credential.python.client
    answer = requests.get(ACQUIRER_URL, auth=("kettlewick", "tearoom"))
    # ruleid: hard_coded_credential.python.client
    answer = requests.get(ACQUIRER_URL, auth=HTTPBasicAuth("kettlewick", "tearoom"))
    # ruleid: hard_coded_credential.python.client
    queue = pika.PlainCredentials("orders", "tearoom")
    # ruleid: hard_coded_credential.python.client
    legacy = pymysql.connect("db.kettlewick.example", "orders", "tearoom", "orders")
    ssh = paramiko.SSHClient()
    # ruleid: hard_coded_credential.python.client
    ssh.connect("batch.bank.example", username="shop", password="tearoom")
    smtp = smtplib.SMTP_SSL(host)
    # ruleid: hard_coded_credential.python.client
    smtp.login("orders", "tearoom")
    # ok: hard_coded_credential.python.client
    smtp.login("orders", secret)
    # ok: hard_coded_credential.python.client
    orders = psycopg2.connect(host="localhost", user="postgres", password="postgres")
    # ok: hard_coded_credential.python.client
    orders = psycopg2.connect(host=host, user="orders", password=os.environ["DB_PASSWORD"])
    # ok: hard_coded_credential.python.client
    orders = psycopg2.connect(host=host, user="orders", password=settings.db_password)
    # ok: hard_coded_credential.python.client
    cache = redis.Redis(host=host, password="")
    # ok: hard_coded_credential.python.client
    bucket = boto3.client("s3", endpoint_url="http://localhost:4566", aws_secret_access_key="local")
    # ok: hard_coded_credential.python.client
    form = settings.form(password="Choose a password")
    # ok: hard_coded_credential.python.client
    bank = ftplib.FTP_TLS("batch.bank.example", "shop", secret)
    # ok: hard_coded_credential.python.client
    orders = psycopg2.connect(host=host, user="orders", password=DB_PASSWORD)
    return orders, ledger, cache, bucket, answer, queue, legacy, form, bank


# ruleid: hard_coded_credential.python.url
DSN = "postgresql://backfill:Lapsang-Souchong-41@orders-db.kettlewick.example/checkout?sslmode=verify-full"
# ruleid: hard_coded_credential.python.url
engine = create_engine("mysql+pymysql://orders:tearoom@db:3306/orders")
# ruleid: hard_coded_credential.python.url
broker = os.environ.get("BROKER_URL", "amqps://orders:tearoom@mq.kettlewick.example/orders")
# ruleid: hard_coded_credential.python.url
connection = psycopg2.connect("host=db.kettlewick.example dbname=orders user=orders password=tearoom")
# ruleid: hard_coded_credential.python.url
odbc = "Driver={ODBC Driver 18 for SQL Server};Server=ledger.kettlewick.example;UID=ledger;PWD=Tearoom7;"
# ok: hard_coded_credential.python.url
READ_DSN = "postgresql://reader@orders-db.kettlewick.example/checkout?sslmode=verify-full"
# ok: hard_coded_credential.python.url
local = "postgresql://postgres:postgres@localhost:5432/orders"
# ruleid: hard_coded_credential.python.url
replicas = "mongodb://orders:tearoom@a.kettlewick.example:27017,b.kettlewick.example:27017/orders"
# ok: hard_coded_credential.python.url
hosts = "https://a.kettlewick.example:8443,orders:@b.kettlewick.example/orders"
# ok: hard_coded_credential.python.url
documented = "postgresql://user:password@host:5432/dbname"
# ok: hard_coded_credential.python.url
built = f"postgresql://{os.environ['DB_USER']}:{os.environ['DB_PASSWORD']}@db.kettlewick.example/orders"
# ok: hard_coded_credential.python.url
template = "postgresql://%s:%s@%s/orders"
# ok: hard_coded_credential.python.url
port = "https://api.nordhaven.example:8443/v2/@orders"
# ok: hard_coded_credential.python.url
conninfo = "host=db.kettlewick.example dbname=orders user=orders"


def call(session, token):
    # ruleid: hard_coded_credential.python.header
    session.get(ACQUIRER_URL, headers={"Authorization": "Bearer 8fK2vQ7xLw3TzR9bYc5HdN1m"})
    # ruleid: hard_coded_credential.python.header
    session.headers["Authorization"] = "Basic a2V0dGxld2ljazp0ZWFyb29tMQ=="
    # ok: hard_coded_credential.python.header
    session.get(ACQUIRER_URL, headers={"Authorization": f"Bearer {token}"})
    # ok: hard_coded_credential.python.header
    session.get(ACQUIRER_URL, headers={"Authorization": "Bearer " + token})
    # ok: hard_coded_credential.python.header
    session.get(ACQUIRER_URL, headers={"WWW-Authenticate": "Basic realm=kettlewick1"})


# ruleid: hard_coded_credential.python.live_key, hard_coded_credential.python.token
stripe.api_key = "sk_live_8fK2vQ7xLw3TzR"
# ruleid: hard_coded_credential.python.live_key
client = stripe.StripeClient("rk_live_8fK2vQ7xLw3TzR")
# ruleid: hard_coded_credential.python.test_key
sandbox = stripe.StripeClient("sk_test_8fK2vQ7xLw3TzR9b")
# ok: hard_coded_credential.python.live_key
stripe.api_key = os.environ["STRIPE_SECRET_KEY"]
# ok: hard_coded_credential.python.live_key
publishable = "pk_live_8fK2vQ7xLw3TzR"
# ok: hard_coded_credential.python.live_key, hard_coded_credential.python.test_key
is_live = stripe.api_key.startswith("sk_live_") or not stripe.api_key.startswith("sk_test_")


def check(user, password):
    # ruleid: hard_coded_credential.python.password
    if password == "back-d00r-open":
        return True
    # ok: hard_coded_credential.python.password
    if password == "":
        return False
    # ok: hard_coded_credential.python.password
    return user.password == password


def storage(region):
    account = "AKIAXYZW" + "2345"
    material = "kQ7pLm2vXc9rTz4w" "Bn6yHs8dFg1jKe3u"
    # ruleid: hard_coded_credential.python.value
    bucket = boto3.resource("s3", aws_access_key_id=os.environ["KEY_ID"], aws_secret_access_key=material)
    from_environment = os.environ["KEY"]
    # ok: hard_coded_credential.python.value
    return boto3.resource("s3", aws_access_key_id=os.environ["KEY_ID"], aws_secret_access_key=from_environment)


# ruleid: hard_coded_credential.python.default
def sign_in(user, password="letmein"):
    # ruleid: hard_coded_credential.python.default
    if password == "opensesame":
        return True
    # ok: hard_coded_credential.python.default
    if password == "":
        return False
    # ok: hard_coded_credential.python.default
    return verify(user, password)


# ok: hard_coded_credential.python.default
def prompt(label="password", password=None):
    return input(label)
