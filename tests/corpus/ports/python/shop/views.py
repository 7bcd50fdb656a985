"""Flask: the routes of the shop."""

import json
import os
import subprocess

import yaml
from flask import Flask, abort, jsonify, make_response, redirect, render_template, request, send_from_directory
from flask_talisman import Talisman

from shop import store, vault

app = Flask(__name__)
app.secret_key = os.environ["FLASK_SECRET_KEY"]
app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Strict")
Talisman(app, force_https=True)


@app.post("/payments")
def pay():
    pan = request.json["card_number"]
    if not (pan.isascii() and pan.isdecimal()):
        abort(400, "the card number is not valid")
    app.logger.info("order %s", request.json["order"])
    return jsonify({"token": store.keep(pan), "card_number": pan[-4:]})


@app.route("/cards/<card_token>")
def card(card_token):
    return jsonify(store.card(card_token))


@app.route("/retry")
def retry():
    order = request.args.get("order")
    if order is None:
        abort(400, "no order")
    return redirect(f"/checkout/{int(order)}")


@app.route("/session")
def start():
    session_id = vault.reset()
    response = make_response("")
    response.set_cookie("session", session_id, secure=True, httponly=True, samesite="Strict")
    return response


@app.route("/receipts")
def receipt():
    name = request.args["name"]
    subprocess.run(["lpr", "--", os.path.basename(name)], check=True)
    return send_from_directory("/receipts", name)


@app.route("/declined")
def declined():
    return render_template("declined.html", cardholder=request.args["cardholder"])


def merchants(stream):
    return yaml.safe_load(stream)


def card_session(cache):
    return json.loads(cache.get("card_session"))
