"""Counting: how often somebody may ask, and how often somebody may be wrong.

Guaranteed: at most `limit` hits pass in any stretch of `window_seconds`, however many arrive at once and however many
instances of the service there are (with Redis); the tenth wrong code locks for the whole lock-out time, counted from
that code (PCI DSS v4.0.1, 8.3.4).

Attacks thought of: a burst at the edge of two windows (there are no fixed windows); a hundred guesses sent at once,
all of them checked before one is counted (an attempt is counted before it is checked); a lock-out lifted by signing in
to an account of one's own (that gives back one attempt of the source and no more); Redis switched off (lock-outs refuse
everybody then; rate limits are counted in each process until it is back, so that an outage of the counter neither stops
payments nor takes the limit away).
"""
