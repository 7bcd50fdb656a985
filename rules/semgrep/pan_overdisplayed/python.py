"""Card numbers in answers, pages and masks."""

import graphene
import strawberry
from django.contrib import admin, messages
from django.http import JsonResponse
from django.shortcuts import render
from fastapi import FastAPI
from flask import jsonify, render_template
from pydantic import BaseModel, SecretStr
from rest_framework import serializers
from rest_framework.response import Response


def answers(request, card, pan):
    if request.a:
        # ruleid: pan_overdisplayed.python.response
        return jsonify({"id": card.id, "card_number": card.number})
    if request.b:
        # ruleid: pan_overdisplayed.python.response
        return jsonify(id=card.id, number=pan)
    if request.c:
        # ruleid: pan_overdisplayed.python.response
        return JsonResponse({"number": card.number})
    if request.d:
        # ruleid: pan_overdisplayed.python.response
        return Response({"card_number": decrypt(card.number_ciphertext), "pan": pan}, status=200)
    if request.e:
        # ruleid: pan_overdisplayed.python.response
        return render(request, "card.html", {"number": card.number})
    if request.f:
        # ruleid: pan_overdisplayed.python.response
        return render_template("card.html", number=card.card_number)
    if request.g:
        data = {"holder": card.holder}
        data["number"] = pan
        # ruleid: pan_overdisplayed.python.response
        return JsonResponse(data, safe=False)
    # ruleid: pan_overdisplayed.python.response
    messages.success(request, f"card {pan} saved")
    # ruleid: pan_overdisplayed.python.response
    return templates.TemplateResponse("card.html", {"request": request, "card_number": card.number})


def safe_answers(request, card, pan):
    if request.a:
        # ok: pan_overdisplayed.python.response
        return jsonify({"id": card.id, "last4": card.number[-4:]})
    if request.b:
        # ok: pan_overdisplayed.python.response
        return jsonify(number=mask(pan))
    if request.c:
        # ok: pan_overdisplayed.python.response
        return JsonResponse({"card_number": card.masked_number})
    if request.d:
        # ok: pan_overdisplayed.python.response
        return Response({"token": tokenize(pan), "valid": luhn_valid(pan)})
    if request.e:
        # ok: pan_overdisplayed.python.response
        return render(request, "card.html", {"card": card.token, "title": "card_number"})
    if request.f:
        # ok: pan_overdisplayed.python.response
        return Response({"error": "bad card number"}, status=400)
    # ok: pan_overdisplayed.python.response
    return pan


@app.get("/cards/{token}")
def card(token: str):
    found = cards.get(token)
    # ruleid: pan_overdisplayed.python.response
    return {"token": token, "number": found.card_number}


@app.get("/cards/{token}/safe")
def safe_card(token: str):
    found = cards.get(token)
    # ok: pan_overdisplayed.python.response
    return {"token": token, "last4": found.card_number[-4:]}


def mask_pan(pan):
    # ruleid: pan_overdisplayed.python.mask
    return pan[:-4] + "****"


def mask_more(card_number):
    # ruleid: pan_overdisplayed.python.mask
    return "*" * (len(card_number) - 6) + card_number[-6:]


def masked(card_number):
    # ruleid: pan_overdisplayed.python.mask
    return f"{card_number[:12]}****"


def show(pan, card):
    # ruleid: pan_overdisplayed.python.mask
    masked_number = pan[:6] + "**" + card.number[-8:]
    # ruleid: pan_overdisplayed.python.mask
    display = "XXXX" + pan[4:]
    # ok: pan_overdisplayed.python.mask
    masked_number = pan[:6] + "*" * (len(pan) - 10) + pan[-4:]
    # ok: pan_overdisplayed.python.mask
    masked_number = pan[:8] + "****" + pan[-4:]
    # ok: pan_overdisplayed.python.mask
    masked_number = "*" * len(pan[:-4]) + pan[-4:]
    # ok: pan_overdisplayed.python.mask
    masked_number = re.sub(r"\d", "*", pan[:-4]) + pan[-4:]
    # ok: pan_overdisplayed.python.mask
    check_digit = luhn(pan[:-1])
    # ok: pan_overdisplayed.python.mask
    masked_name = name[:-4] + "****"
    return masked_number, display, check_digit, masked_name


def luhn(card_number):
    # ok: pan_overdisplayed.python.mask
    return card_number[:-1]


class CardResponse(BaseModel):
    token: str
    # ruleid: pan_overdisplayed.python.response_model
    card_number: str
    # ok: pan_overdisplayed.python.response_model
    card_last4: str
    # ok: pan_overdisplayed.python.response_model
    masked_pan: str
    # ok: pan_overdisplayed.python.response_model
    pan: SecretStr


class CardRequest(BaseModel):
    # ok: pan_overdisplayed.python.response_model
    card_number: str


class Card(BaseModel):
    # ok: pan_overdisplayed.python.response_model
    card_number: str


@strawberry.type
class CardType:
    id: strawberry.ID
    # ruleid: pan_overdisplayed.python.response_model
    card_number: str


class CardNode(graphene.ObjectType):
    # ruleid: pan_overdisplayed.python.response_model
    card_number = graphene.String()
    # ok: pan_overdisplayed.python.response_model
    last4 = graphene.String()


class CardSerializer(serializers.ModelSerializer):
    class Meta:
        model = CardRecord
        # ruleid: pan_overdisplayed.python.response_model
        fields = ("id", "card_number", "brand")


class WriteOnlySerializer(serializers.ModelSerializer):
    class Meta:
        model = CardRecord
        # ok: pan_overdisplayed.python.response_model
        fields = ("id", "card_number", "brand")
        extra_kwargs = {"card_number": {"write_only": True}}


class DeclaredSerializer(serializers.ModelSerializer):
    # ok: pan_overdisplayed.python.serializer
    card_number = serializers.CharField(write_only=True)

    class Meta:
        model = CardRecord
        # ok: pan_overdisplayed.python.response_model
        fields = ("id", "card_number", "brand")


class PlainSerializer(serializers.Serializer):
    # ruleid: pan_overdisplayed.python.serializer
    card_number = serializers.CharField(max_length=19)
    # ok: pan_overdisplayed.python.serializer
    card_last4 = serializers.CharField(max_length=4)


class ChargeRequestSerializer(serializers.Serializer):
    # ok: pan_overdisplayed.python.serializer
    card_number = serializers.CharField(max_length=19)


class CardSchema(Schema):
    # ruleid: pan_overdisplayed.python.serializer
    card_number = fields.Str(required=True)
    # ok: pan_overdisplayed.python.serializer
    pan = fields.Str(load_only=True)


@admin.register(CardRecord)
class CardAdmin(admin.ModelAdmin):
    # ruleid: pan_overdisplayed.python.admin
    list_display = ("id", "card_number", "created")
    # ok: pan_overdisplayed.python.admin
    search_fields = ("card_number",)
    # ok: pan_overdisplayed.python.admin
    readonly_fields = ("masked_card_number", "card_last4")
