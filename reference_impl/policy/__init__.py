"""Which SQL may run: statements are parsed, and an OPA server decides by what is in them (`statements.rego`).

Guarantees: with `PAYMENT_OPA_URL` set, nothing reaches the database that the policy did not let through; no answer, a
late or a strange one is a no; no value of a statement ever leaves the process. What is looked at is the statement and
whether its values read as card numbers: not a card number that a caller has encoded, cut or encrypted before, nor what
triggers and functions of the database do, whose making the policy refuses.
"""
