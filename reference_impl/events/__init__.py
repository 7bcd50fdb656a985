"""The event flow: what happens to an order, from its creation to its outcome, as events that others may follow.

order.created -> tokenise -> payment.tokenized -> authorise, score -> payment.authorized | .failed | .flagged

What it guarantees
- An event is written in the same transaction as the change it tells of (`outbox`), and leaves from there: none is lost,
  none tells of what was rolled back. It may arrive more than once.
- A consumer notes each event it has processed in the transaction of its effect (`consumer`): once, however often it
  arrives. What it asks of other systems in between (a gateway) is idempotent by a key made of the order.
- Events of one order are processed in order. One that cannot be processed goes to the dead letters, from where
  `dead_letters.redrive` brings it back; it holds up no other.
- No field can hold a card number (`model`), and what passes as one is refused before it is written. Payloads are sealed
  with the tenant's data key and bound to tenant, id and type (`sealing`); headers hold ids, type and versions only.
- The audit sink (`sink`) writes all of it into segments that nobody can change or remove before their time, and proves
  it (PCI DSS v4.0.1, 10.3.2, 10.3.4, 10.5.1).

`log` is what lies in between: a file of this machine (`local`) or Kafka (`kafka`), with the same semantics.

How it would be attacked
- By reading the broker: payloads are ciphertext. By writing to it: what does not open, or opens as something else, goes
  to the dead letters. By replaying: an event's id is processed once.
- By deleting from the broker: the sink's segments say which positions they hold, without gaps for each partition.
- By removing the newest segments: their number and digest are in the database as well (`store.SEGMENTS`).
"""
