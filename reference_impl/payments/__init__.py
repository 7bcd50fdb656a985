"""Charging a token: once, whatever happens on the way.

Guarantees: under one idempotency key a tenant pays at most once. The record is committed before the gateway is called;
what was answered is answered again; what has no known outcome is looked up at the gateway before it is tried again,
and tried again under the same name there. A card number is in memory from the vault to the gateway and a verification
code from the request to the gateway; no table, digest or error has a place for either.

How it would be attacked, and what answers:

- Repeating a request, on purpose or by a network that does: the key is unique in the database, for all processes.
- Exchanging the amount under a key that was approved: the request's digest must be the same.
- Another tenant's payment or key: every query has the tenant in it, and an unknown payment and a foreign one are alike.
- A card number where a key belongs, so that it is stored in clear: keys that look like one are refused.
- Guessing a code with a digest of the request: the code is no part of it (a code has a thousand values).
"""
