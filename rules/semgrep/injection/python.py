"""Card look-ups of a shop: statements, commands, files and pages made of what a request brings."""

import os
import shlex
import subprocess
from pathlib import Path

from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from fastapi import FastAPI
from flask import Flask, render_template_string, request, send_file
from sqlalchemy import text

app = Flask(__name__)
api = FastAPI()
COLUMNS = {"date": "created_at", "amount": "amount"}


@app.route("/payments")
def payments(db, cursor, session):
    order = request.args.get("order")
    # ruleid: injection.python.sql, injection.python.sql_value
    cursor.execute(f"SELECT card_token FROM payments WHERE order_id = '{order}'")
    # ruleid: injection.python.sql, injection.python.sql_value
    cursor.execute("SELECT card_token FROM payments WHERE order_id = '%s'" % request.args["order"])
    # ruleid: injection.python.sql
    session.execute(text("SELECT * FROM cards WHERE " + request.form["filter"]))
    # ok: injection.python.sql, injection.python.sql_value
    cursor.execute("SELECT card_token FROM payments WHERE order_id = %s", (order,))
    # ok: injection.python.sql, injection.python.sql_value
    session.execute(text("SELECT * FROM cards WHERE id = :id"), {"id": order})
    # ok: injection.python.sql, injection.python.sql_value
    cursor.execute(f"SELECT card_token FROM payments WHERE id = {int(order)}")
    # ok: injection.python.sql, injection.python.sql_value
    cursor.execute(f"SELECT card_token FROM payments ORDER BY {COLUMNS[request.args['sort']]}")
    marks = ", ".join("?" for _ in request.args)
    # ok: injection.python.sql, injection.python.sql_value
    return cursor.execute(f"SELECT * FROM cards WHERE id IN ({marks})", list(request.args))


@api.get("/cards/{token}")
async def card(token: str, amount: int, database):
    # ruleid: injection.python.sql, injection.python.sql_value
    row = await database.fetch_one(f"SELECT last4 FROM cards WHERE token = '{token}'")
    # ok: injection.python.sql, injection.python.sql_value
    return await database.fetch_one("SELECT last4 FROM cards WHERE token = :token", {"token": token})


class Cards:
    def search(self, cursor, last_four):
        # ruleid: injection.python.sql_value
        rows = cursor.execute(text(f"select token from cards where last_four = '{last_four}'"))
        # ok: injection.python.sql_value
        return rows, cursor.execute(text(f"select token from cards where status = '{PAID}' and last_four = :it"), {"it": last_four})

    def find(self, cursor, pan_hash, name):
        # ruleid: injection.python.sql_value
        cursor.execute("SELECT token FROM cards WHERE holder LIKE '%{}%'".format(name))
        # ruleid: injection.python.sql_value
        cursor.execute("SELECT token FROM cards WHERE hash = '" + pan_hash + "'")
        # ok: injection.python.sql_value
        cursor.execute(f"SELECT token FROM {self.table} WHERE hash = %s", (pan_hash,))
        # ok: injection.python.sql_value
        cursor.execute(f"SELECT token FROM cards WHERE id IN ({placeholders})", ids)

    def by_request(self, request):
        # ruleid: injection.python.sql
        return Card.objects.annotate(x=RawSQL("select " + request.GET["column"], []))


@app.post("/receipt")
def receipt():
    name = request.form["name"]
    # ruleid: injection.python.command
    os.system("lpr " + name)
    # ruleid: injection.python.command
    subprocess.run(f"gpg -d {name}", shell=True, check=True)
    # ruleid: injection.python.command
    render_template_string("<p>Thanks, " + name)
    # ok: injection.python.command
    subprocess.run(["lpr", "--", name], check=True)
    # ok: injection.python.command
    subprocess.run(f"lpr {shlex.quote(name)}", shell=True, check=True)
    # ok: injection.python.command
    os.system("lpr receipt.txt")
    # ruleid: injection.python.path
    send_file(os.path.join("/receipts", name))
    # ruleid: injection.python.path
    open(f"/receipts/{name}.pdf", "rb")
    # ok: injection.python.path
    open(Path("/receipts") / os.path.basename(name), "rb")
    # ok: injection.python.path
    return send_file("/receipts/today.pdf")


def page(request):
    # ruleid: injection.python.page
    greeting = mark_safe("<b>Card of " + request.GET["name"] + "</b>")
    # ruleid: injection.python.page
    return HttpResponse(f"<h1>Card declined, {request.GET.get('name')}</h1>")


def safe_page(request):
    # ok: injection.python.page
    greeting = mark_safe("<b>Card declined</b>")
    # ok: injection.python.page
    return HttpResponse(f"<h1>{escape(request.GET.get('name'))}</h1>")
