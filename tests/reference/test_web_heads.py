"""What is no HTTP, or has no end, is answered like everything else."""

from __future__ import annotations

import pytest

from tests.reference.test_web import Web, raw, secure, web

__all__ = ["web"]


def test_what_is_no_http_gets_such_an_answer_too(web: Web) -> None:
    for junk in (b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"hello\r\n\r\n"):
        response = raw(web.port, junk)
        assert response.status_code == 400
        secure(response)


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"4" * 20_000,
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"4" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % each for each in range(4000)) + b"\r\n",
        b"GET /" + b"4" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"G" * 20_000,
    ],
    ids=["no end", "one header", "many headers", "address", "method"],
)
def test_a_head_that_is_too_long_is_refused(web: Web, head: bytes) -> None:
    response = raw(web.port, head)
    assert response.status_code == 400
    secure(response)
