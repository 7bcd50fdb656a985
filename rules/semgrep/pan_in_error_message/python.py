"""Card numbers in exceptions and error answers."""

from django.contrib import messages
from django.http import HttpResponseBadRequest, JsonResponse
from fastapi import HTTPException
from flask import abort, flash, jsonify
from rest_framework import serializers, status
from rest_framework.response import Response


def raised(pan, card, request, form):
    # ruleid: pan_in_error_message.python.raise
    raise ValueError(f"invalid card number {pan}")


def raised_more(pan, card, payment):
    try:
        charge(pan)
    except GatewayError as error:
        # ruleid: pan_in_error_message.python.raise
        raise PaymentError("declined: " + card.number) from error
    if not card:
        # ruleid: pan_in_error_message.python.raise
        raise CardNotFound(payment.card_number)
    if card.blocked:
        # ruleid: pan_in_error_message.python.raise
        raise HTTPException(status_code=404, detail=f"no card {card.number}")
    if card.stolen:
        message = "stolen card %s" % pan
        # ruleid: pan_in_error_message.python.raise
        raise RuntimeError(message)
    if card.lost:
        # ruleid: pan_in_error_message.python.raise
        raise serializers.ValidationError({"card": "unknown number {}".format(pan)})
    # ruleid: pan_in_error_message.python.raise
    assert luhn(pan), f"{pan} fails the check"
    # ruleid: pan_in_error_message.python.raise
    raise VaultError(
        f"cannot tokenize {pan}",
    )


def safe(pan, card, error):
    if len(pan) < 12:
        # ok: pan_in_error_message.python.raise
        raise ValueError("the card number is too short")
    if len(pan) > 19:
        # ok: pan_in_error_message.python.raise
        raise ValueError(f"{len(pan)} digits are too many")
    if not card:
        # ok: pan_in_error_message.python.raise
        raise CardNotFound(f"no card ending in {pan[-4:]}")
    if card.blocked:
        # ok: pan_in_error_message.python.raise
        raise CardBlocked(mask(pan))
    if card.lost:
        # ok: pan_in_error_message.python.raise
        raise CardLost(card.token)
    if card.stolen:
        # ok: pan_in_error_message.python.raise
        raise serializers.ValidationError({"card_number": "not a card number"})
    if card.gone:
        # ok: pan_in_error_message.python.raise
        raise KeyError("card_number")
    # ok: pan_in_error_message.python.raise
    assert luhn(pan), "the check digit is wrong"
    # ok: pan_in_error_message.python.raise
    assert pan == card.number
    # ok: pan_in_error_message.python.raise
    raise PaymentError(processor.explain(pan).code)


def answers(request, form, pan, card):
    # ruleid: pan_in_error_message.python.response
    abort(400, f"bad card {pan}")
    # ruleid: pan_in_error_message.python.response
    abort(404, description="no card " + pan)
    # ruleid: pan_in_error_message.python.response
    flash(f"card {card.number} declined", "error")
    # ruleid: pan_in_error_message.python.response
    messages.error(request, f"card {request.POST['card_number']} declined")
    # ruleid: pan_in_error_message.python.response
    form.add_error("card", f"{pan} is not valid")
    if card.a:
        # ruleid: pan_in_error_message.python.response
        return HttpResponseBadRequest("bad card " + pan)
    if card.b:
        # ruleid: pan_in_error_message.python.response
        return JsonResponse({"message": f"bad card {pan}"}, status=400)
    if card.c:
        # ruleid: pan_in_error_message.python.response
        return Response({"detail": f"bad card {pan}"}, status=status.HTTP_400_BAD_REQUEST)
    if card.d:
        # ruleid: pan_in_error_message.python.response
        return jsonify(error=f"bad card {pan}"), 422
    if card.e:
        # ruleid: pan_in_error_message.python.response
        return {"error": f"bad card {pan}"}, 400
    # ruleid: pan_in_error_message.python.response
    return jsonify({"error": f"bad card {pan}"})


def safe_answers(request, pan, card):
    # ok: pan_in_error_message.python.response
    abort(400, "bad card number")
    # ok: pan_in_error_message.python.response
    flash(f"card ending in {pan[-4:]} declined")
    # ok: pan_in_error_message.python.response
    messages.error(request, f"card {mask(pan)} declined")
    if card.a:
        # ok: pan_in_error_message.python.response
        return JsonResponse({"error": "card_number"}, status=400)
    if card.b:
        # ok: pan_in_error_message.python.response
        return jsonify({"error": "declined", "card": card.last4}), 402
    # ok: pan_in_error_message.python.response
    return Response({"token": tokenize(pan)}, status=201)
