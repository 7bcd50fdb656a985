"""Orders: what somebody wants to pay, and what became of it.

Guaranteed: under one idempotency key a customer has one order, and no other customer one on that day and the next; the
order and the event that tells of it are written in one transaction, so that each one that was acknowledged is
authorised, fails or is flagged in the end, once (`events`).

A card becomes a token of the vault before anything is written: no column, event or digest has a place for its number,
and a verification code that came with it is forgotten, as nothing that waits may keep one (3.3.1).

How it would be attacked, and what answers: another tenant's order, key or token is one that does not exist; the order
under a key stays what it was, whatever comes under that key later; a card number in a field for something else is
refused; who forges an outcome would have to seal it with the tenant's key (`events.sealing`), and the first one stands.
"""
