"""What one sees of the service: metrics, spans, alert rules and a dashboard, and in none of them account data.

Guaranteed: a label of a metric has a value of a set that is fixed when the service starts, whatever is sent; a span
leaves with attributes of an allowlist, each of a closed type, and without the text of any exception; neither holds a
card number, code, token, address or name (3.3.1, 3.4.1, 3.5.1). What is observed is not changed by it: the same answer,
the same error.

Attacks thought of: a million paths, methods or codes, to fill the memory of whoever counts them; a card number as a
path, method, trace id or span id, to see it in a log or a dashboard; `traceparent`, `tracestate` and `baggage` of
somebody else's, carried on to the gateway; a library that records an exception with the data it failed at; a stranger
who reads the metrics to learn how much is sold and which defence is down.
"""
