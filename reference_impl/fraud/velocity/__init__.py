"""How much happened lately, by whom and from where, counted in sliding windows.

Guaranteed: an entry is counted and the window read in one step, the entry itself included, so that of many payments at
once each sees all that came before it; one that is added twice counts once; sums are exact integers.

Windows go by the time of arrival at the counter, on one clock: that of Redis, or of this process. A caller who is free
to state the time of a payment cannot spread a burst by it, and clocks of the service's instances may differ. If the
counter's clock is set back (a failover), entries stay in the window for as much longer; forward, as much shorter. An
event flow that catches up after a pause looks like a burst: such payments go to people, not through.
"""
