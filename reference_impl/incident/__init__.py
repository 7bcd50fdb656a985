"""Incidents: what happened, how bad it is, who is told, what is done at once, and the 72 hours (PCI DSS v4.0.1, 12.10).

Guaranteed: severities, types and states are closed sets; what is not in them is refused and never filed under nothing.
An incident, its measures and the notices about it are written in one transaction, with their audit records on disk
before; notices are sent until they arrive. What a measure says is in force in every process within a second: blocked
accounts neither pay, order nor come out of the vault, fraud thresholds are lower, limits are tighter. Every measure has
an end, and before it another person than who began it may end it. The 72 hours of GDPR Art. 33 (1) run from when
somebody became aware, not from when they wrote it down.

Attacks thought of: an attacker who makes noise until nobody looks (the same is counted, not told again; how many new
incidents monitoring opens in an hour is bounded); who has a block lifted by the account that asked for it (another
person has to); who takes the database away so that blocks are forgotten (what cannot be looked up refuses); who reads
notices on their way (they hold no names of accounts, and are signed). Not defended against: one responder may block
accounts of their own tenant without need, for a day, and it is on record.
"""
