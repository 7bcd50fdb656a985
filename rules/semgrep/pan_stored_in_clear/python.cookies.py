"""What a checkout puts in the browser."""

from http.cookies import SimpleCookie


def remember(response, card, order):
    # ruleid: pan_stored_in_clear.python.cookie
    response.set_cookie("card", card.number, secure=True, httponly=True)
    # ruleid: pan_stored_in_clear.python.cookie
    response.set_signed_cookie("card", card.card_number, secure=True)
    cookie = SimpleCookie()
    # ruleid: pan_stored_in_clear.python.cookie
    cookie["card"] = card.number
    # ok: pan_stored_in_clear.python.cookie
    cookie["card"] = card.number[-4:]
    # ok: pan_stored_in_clear.python.cookie
    response.set_cookie("card", card.token, secure=True, httponly=True)
    # ok: pan_stored_in_clear.python.cookie
    response.set_cookie("order", order.id, secure=True)
