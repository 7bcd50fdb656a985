"""The acquirer and others, by requests, psycopg2, boto3, paramiko and the standard library."""

import ftplib
import http.client
import os
import smtplib
import ssl

import boto3
import mysql.connector
import paramiko
import psycopg2
import requests
import stripe
from OpenSSL import SSL

stripe.api_key = os.environ["STRIPE_KEY"]
sandbox = stripe.StripeClient(os.environ["STRIPE_SANDBOX_KEY"])


def refund(amount, authority):
    answer = requests.post("https://api.nordhaven.shop/refunds", json={"amount": amount}, verify=authority, timeout=5)
    return answer.json()


def rates():
    return requests.get("https://rates.nordhaven.shop/today", timeout=5).json()


def partner_files(secret):
    return requests.get("https://partners.nordhaven.shop/files", auth=("shop", secret), timeout=5)


def brand(card_token, pan):
    return requests.get(f"https://api.nordhaven.shop/cards/{card_token}", timeout=5)


def charges(session, token):
    return session.get("https://api.nordhaven.shop/charges", headers={"Authorization": f"Bearer {token}"})


def ledger():
    return psycopg2.connect(host="db.kettlewick.shop", user="orders", password=os.environ["DB_PASSWORD"], sslmode="verify-full")


def reports():
    return mysql.connector.connect(host=os.environ["DB"], ssl_verify_identity=True, tls_versions=["TLSv1.2", "TLSv1.3"])


def receipts():
    material = os.environ["KEY"]
    return boto3.resource("s3", aws_access_key_id=os.environ["KEY_ID"], aws_secret_access_key=material)


def bank(secret):
    client = ftplib.FTP_TLS("batch.nordhaven.shop", "shop", secret)
    client.prot_p()
    return client


def batch(user):
    ssh = paramiko.SSHClient()
    ssh.load_host_keys("/etc/checkout/known_hosts")
    ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
    ssh.connect("batch.nordhaven.shop", username=user)
    return ssh


def mail():
    return smtplib.SMTP_SSL("mail.nordhaven.shop", 465, context=ssl.create_default_context())


def status():
    return http.client.HTTPSConnection("payments.nordhaven.shop", 443)


def context(authority):
    made = ssl.create_default_context(cafile=authority)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.check_hostname = True
    made.verify_mode = ssl.CERT_REQUIRED
    made.set_ciphers("ECDHE+AESGCM")
    return made


def terminal(check):
    made = SSL.Context(SSL.TLS_CLIENT_METHOD)
    made.set_min_proto_version(SSL.TLS1_2_VERSION)
    made.set_verify(SSL.VERIFY_PEER, check)
    return made
