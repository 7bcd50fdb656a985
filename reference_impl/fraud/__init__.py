"""Whether a payment looks like fraud: decided in milliseconds, explained, and open to appeal.

Guaranteed: one decision for each payment, made within the deadline whatever engines do, stored before anybody hears of
it with all that it was made of; doubt is never approval.

Attacks thought of: an engine made to hang by what a payer sends (it is left out, its threads are replaced, and the
payment is not approved); a burst of payments that each see only those before (counting and reading are one step); a
strong sign drowned by many weak ones (hard signals override); a device made known by payments that were stopped (only
those that passed count); an appeal decided by who raised it.
"""
