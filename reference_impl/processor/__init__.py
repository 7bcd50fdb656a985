"""The other way: a processor's hosted fields take the card, and this service never sees it.

Guarantees: what is stored of a card are the processor's ids, its brand, its last four digits and its expiry date; there
is no column, field or parameter that a card number or code fits in, and processor ids are checked so that none passes
as one. The expiry date is the processor's answer and is kept to ask for a new card in time: without a card number
beside it, it is no cardholder data (PCI DSS v4.0.1, table 2: to be protected where it is stored *with* the PAN).
A charge happens once for each idempotency key; one whose answer was lost is asked for again under the same key, which
the processor replays, or is settled by the processor's signed events.

How it would be attacked, and what answers:

- A page that sends the card to somebody else: no card field of our own, a script whose hash is pinned (SRI), a content
  security policy with a nonce that lets data go to the processor only (6.4.3, 11.6.1).
- An id with a path in it (`pm_x/../../refunds`), to call something else with our key: ids have a closed form.
- A forged or repeated event: signature and time are verified over the exact bytes; an event says only *which* charge to
  ask the processor about, so that order and repetition change nothing.
- Another tenant's customer, method or charge: every query has the tenant in it.
"""
