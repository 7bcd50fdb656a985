"""The edge of the service: what happens to every request and every answer, whatever the routes do.

Guaranteed: every answer, those of errors and of requests that are not HTTP at all included, has the security headers
and a request id; errors have one shape and hold nothing that was sent; a body is never read past its limit or waited
for past its time; every address is limited before anything else is done for it; the log has one JSON line per request,
of an allowlist of fields: no body, query, header, token, or path as it was sent.

Attacks thought of: card numbers where nobody looks for them (field names, methods, paths, request ids, key ids, query
strings), to see them in a log or an answer; a body without a length that never ends, one that comes a byte a minute,
more headers than fit; exceptions whose text quotes the data they failed at, here or in a library; addresses made up in
X-Forwarded-For; a path or request id with line breaks, to write log lines of one's own.
"""
