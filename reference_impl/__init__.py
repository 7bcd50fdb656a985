"""A payment service that keeps card numbers as PCI DSS v4.0.1 asks for: paylint validates its rules against it.

Parts, each with its model (pure), service, store and api: `cards`, `keys`, `vault`, `audit`, `auth`, `gateway`,
`client_encryption`, `processor`, `payments`, `orders`, `events`, `fraud`, `observability`.
Imports go down: bootstrap -> web -> api -> service -> {store, crypto} -> model.
"""
