"""Financial reporting controls: period reports from the audit chain, four eyes, and evidence of changes (SOX 302, 404).

Guaranteed: a report is made only from a chain that verifies, from its first record to its last, with the head in memory
and the anchor; anything else raises and is no report. Its control totals count each payment, charge and refund once. It
is reconciled with what the stores hold, both ways, and lists what differs. It is signed with the key of the audit log's
heads, and commits to the number and MAC of the last record. Who prepared a period does not close it, nor does anybody
who moved money in it; who changed something, or asked for a refund above the limit, does not approve it.

How it would be attacked: by a record that is dropped or edited (the chain breaks: no report), by a row that is added to
a store or changed there (listed as a difference: the period closes only with an explanation by another person), by
closing a period before what belongs to it is written (it ends a minute before it may be reported).
"""
