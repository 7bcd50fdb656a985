"""Card numbers in e-mails, chats and text messages."""

import smtplib
from email.message import EmailMessage
from email.mime.text import MIMEText

import boto3
import requests
from django.core.mail import EmailMultiAlternatives, send_mail
from django.template.loader import render_to_string
from flask_mail import Message
from sendgrid.helpers.mail import Mail
from slack_sdk import WebClient
from twilio.rest import Client


def emails(order, card, pan, smtp):
    # ruleid: pan_in_message.python.email
    send_mail("Receipt", f"Paid with {pan}", SENDER, [order.email])
    # ruleid: pan_in_message.python.email
    send_mail(subject="Receipt", message="Paid with " + card.number, from_email=SENDER, recipient_list=[order.email])
    body = render_to_string("receipt.txt", {"order": order, "card_number": card.number})
    # ruleid: pan_in_message.python.email
    send_mail("Receipt", body, SENDER, [order.email])
    message = EmailMessage()
    # ruleid: pan_in_message.python.email
    message.set_content(f"Paid with {card.card_number}")
    # ruleid: pan_in_message.python.email
    message["Subject"] = f"Paid with {pan}"
    # ruleid: pan_in_message.python.email
    part = MIMEText("Paid with %s" % pan, "plain")
    # ruleid: pan_in_message.python.email
    smtp.sendmail(SENDER, order.email, "Paid with {}".format(pan))
    # ruleid: pan_in_message.python.email
    mail = EmailMultiAlternatives("Receipt", f"Paid with {pan}", SENDER, [order.email])
    # ruleid: pan_in_message.python.email
    flask_message = Message("Receipt", recipients=[order.email], body=f"Paid with {pan}")
    # ruleid: pan_in_message.python.email
    sent = Mail(from_email=SENDER, to_emails=order.email, subject="Receipt", html_content=f"<b>{pan}</b>")
    # ruleid: pan_in_message.python.email
    boto3.client("ses").send_email(
        Source=SENDER,
        Destination={"ToAddresses": [order.email]},
        Message={"Subject": {"Data": "Receipt"}, "Body": {"Text": {"Data": f"Paid with {pan}"}}},
    )
    # ok: pan_in_message.python.email
    send_mail("Receipt", f"Paid with card ending in {pan[-4:]}", SENDER, [order.email])
    # ok: pan_in_message.python.email
    send_mail("Receipt", f"Paid with {mask(card.number)}", SENDER, [order.email])
    # ok: pan_in_message.python.email
    send_mail("Receipt", render_to_string("receipt.txt", {"last4": card.last4}), SENDER, [order.email])
    # ok: pan_in_message.python.email
    send_mail("Your card number has changed", "Please update it", SENDER, [order.email])
    # ok: pan_in_message.python.email
    message.set_content(f"Paid with {card.brand}, token {card.token}")
    return part, mail, flask_message, sent


def chats(client, sns, bot, channel, card, pan):
    # ruleid: pan_in_message.python.chat
    client.chat_postMessage(channel="#fraud", text=f"suspicious card {pan}")
    # ruleid: pan_in_message.python.chat
    client.chat_postMessage(channel="#fraud", blocks=[{"type": "section", "text": {"text": card.number}}])
    # ruleid: pan_in_message.python.chat
    requests.post(SLACK_WEBHOOK, json={"text": f"suspicious card {pan}"}, timeout=5)
    # ruleid: pan_in_message.python.chat
    requests.post("https://hooks.slack.com/services/x", json={"text": "card " + pan}, timeout=5)
    # ruleid: pan_in_message.python.chat
    Client(SID, TOKEN).messages.create(to="1", from_="2", body=f"Your card {card.card_number} was charged")
    # ruleid: pan_in_message.python.chat
    sns.publish(PhoneNumber="1", Message=f"Your card {pan} was charged")
    # ruleid: pan_in_message.python.chat
    bot.send_message(chat_id, "card " + pan)
    # ruleid: pan_in_message.python.chat
    send_sms(card.phone, f"Your card {pan} was charged")
    # ruleid: pan_in_message.python.chat
    slack.send(text=f"card {pan}")
    # ok: pan_in_message.python.chat
    client.chat_postMessage(channel="#fraud", text=f"suspicious card ending {pan[-4:]}")
    # ok: pan_in_message.python.chat
    send_sms(card.phone, f"Your card {mask(pan)} was charged")
    # ok: pan_in_message.python.chat
    sns.publish(PhoneNumber="1", Message=f"Your card ending in {card.last4} was charged")
    # ok: pan_in_message.python.chat
    requests.post(PROCESSOR, json={"card_number": pan}, timeout=5)
    # ok: pan_in_message.python.chat
    processor.send(pan)
    # ok: pan_in_message.python.chat
    client.chat_postMessage(channel="#fraud", text="card number missing")
