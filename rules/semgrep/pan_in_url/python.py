"""Card numbers in addresses."""

import urllib.request
from urllib.parse import urlencode, urljoin

import aiohttp
import httpx
import requests
from django.http import HttpResponseRedirect
from django.urls import path, re_path, reverse
from fastapi import FastAPI, Request
from flask import redirect, request, url_for
from starlette.responses import RedirectResponse


async def requests_out(pan, card, session, client, http, payment):
    # ruleid: pan_in_url.python.request
    requests.get(f"https://bin.example/lookup/{pan}", timeout=5)
    # ruleid: pan_in_url.python.request
    requests.get("https://bin.example/lookup/" + card.number, timeout=5)
    # ruleid: pan_in_url.python.request
    requests.get("https://bin.example/lookup/%s" % pan, timeout=5)
    # ruleid: pan_in_url.python.request
    requests.get("https://bin.example/{}".format(pan), timeout=5)
    # ruleid: pan_in_url.python.request
    requests.get("https://bin.example", params={"card_number": pan}, timeout=5)
    query = {"pan": payment["card_number"]}
    # ruleid: pan_in_url.python.request
    await client.get(URL, params=query)
    url = f"{BASE_URL}/cards/{card.card_number}"
    # ruleid: pan_in_url.python.request
    httpx.post(url, json={"amount": 10})
    # ruleid: pan_in_url.python.request
    await session.get(f"{BASE_URL}?{urlencode({'pan': pan})}")
    # ruleid: pan_in_url.python.request
    urllib.request.urlopen("https://bin.example?number=" + pan)
    # ruleid: pan_in_url.python.request
    requests.request("GET", urljoin(BASE_URL, pan))
    # ruleid: pan_in_url.python.request
    http.request("DELETE", f"/cards/{pan}")
    # ruleid: pan_in_url.python.request
    self._get(f"/cards/{pan}")
    # ok: pan_in_url.python.request
    requests.get(f"https://bin.example/lookup/{pan[:6]}", timeout=5)
    # ok: pan_in_url.python.request
    requests.get(f"https://vault.example/cards/{card.token}", timeout=5)
    # ok: pan_in_url.python.request
    requests.get(f"https://vault.example/cards/{tokenize(pan)}", timeout=5)
    # ok: pan_in_url.python.request
    requests.post("https://processor.example/charges", json={"card_number": pan}, timeout=5)
    # ok: pan_in_url.python.request
    requests.post("https://processor.example/charges", data=urlencode({"card_number": pan}), timeout=5)
    # ok: pan_in_url.python.request
    session.get(Card, pan)
    # ok: pan_in_url.python.request
    cards.get(pan)
    # ok: pan_in_url.python.request
    cache.get(f"card/{pan}")
    # ok: pan_in_url.python.request
    requests.get("https://bin.example", params={"last4": pan[-4:]}, timeout=5)
    # ok: pan_in_url.python.request
    requests.get("https://shop.example", params={"page": 1, "company": company}, timeout=5)


def handed_out(pan, card, response):
    # ruleid: pan_in_url.python.redirect
    redirect(f"/cards/{pan}")
    # ruleid: pan_in_url.python.redirect
    redirect("card-detail", card_number=pan)
    # ruleid: pan_in_url.python.redirect
    redirect(url_for("card", number=card.number))
    # ruleid: pan_in_url.python.redirect
    HttpResponseRedirect("/pay?" + urlencode({"pan": pan}))
    # ruleid: pan_in_url.python.redirect
    reverse("card", args=[pan])
    # ruleid: pan_in_url.python.redirect
    reverse("card", kwargs={"card_number": card.number})
    # ruleid: pan_in_url.python.redirect
    RedirectResponse(url=f"/cards/{pan}")
    # ruleid: pan_in_url.python.redirect
    response.headers["Location"] = "/cards/" + pan
    # ok: pan_in_url.python.redirect
    redirect(url_for("card", token=card.token))
    # ok: pan_in_url.python.redirect
    reverse("card", args=[card.pk])
    # ok: pan_in_url.python.redirect
    redirect(f"/cards/{mask(pan)}")
    # ok: pan_in_url.python.redirect
    redirect(f"/cards/{cards.by_number(pan).token}")


# ruleid: pan_in_url.python.route
@app.route("/cards/<card_number>")
def show(card_number):
    return cards.find(card_number).token


# ruleid: pan_in_url.python.route
@api.get("/cards/{pan}/history")
def history(pan: str):
    # ok: pan_in_url.python.route
    requests.get(f"/x/{card_token}", timeout=5)


# ok: pan_in_url.python.route
@api.get("/cards/{card_token}")
def by_token(card_token: str):
    return card_token


# ok: pan_in_url.python.route
@api.post("/cards")
def create(card: CardIn):
    return vault.store(card.number)


urlpatterns = [
    # ruleid: pan_in_url.python.route
    path("cards/<str:card_number>/", views.card),
    # ruleid: pan_in_url.python.route
    re_path(r"^cards/(?P<pan>\d{13,19})/$", views.card),
    # ok: pan_in_url.python.route
    path("cards/<uuid:token>/", views.card),
    # ok: pan_in_url.python.route
    path("cards/<str:card_number_last4>/", views.card),
    # ok: pan_in_url.python.route
    path("card_number/", views.form),
]


def lookup(request, event):
    # ruleid: pan_in_url.python.query
    pan = request.args.get("card_number")
    # ruleid: pan_in_url.python.query
    pan = request.GET["pan"]
    # ruleid: pan_in_url.python.query
    pan = request.query_params.get("pan")
    # ruleid: pan_in_url.python.query
    pan = event["queryStringParameters"]["card_number"]
    # ok: pan_in_url.python.query
    pan = request.form["card_number"]
    # ok: pan_in_url.python.query
    pan = request.POST.get("card_number")
    # ok: pan_in_url.python.query
    token = request.args.get("card_token")
    # ok: pan_in_url.python.query
    last4 = request.GET["card_last4"]
    return pan, token, last4
