"""How uvicorn is run: it says nothing of its own, in answers or in logs."""

from __future__ import annotations

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from reference_impl.web.errors import Problem
from reference_impl.web.middleware import SECURITY_HEADERS, new_request_id

_HEADER_BYTES = 16 * 1024


class Protocol(H11Protocol):
    """HTTP/1.1 whose answer to what is no HTTP looks like every other answer: no application sees such a request."""

    def send_400_response(self, msg: str) -> None:
        """`msg`: words of the server's own."""
        request_id = new_request_id()
        body = Problem(400, "bad_request", msg).body(request_id)
        headers = {**SECURITY_HEADERS, "Content-Type": "application/json", "Connection": "close"}
        headers |= {"X-Request-ID": request_id, "Content-Length": str(len(body))}
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        for event in (h11.Response(status_code=400, headers=pairs), h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """X-Forwarded-For is read by `auth.origin` and nowhere else; requests are logged by `web.middleware`."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=20,
        h11_max_incomplete_event_size=_HEADER_BYTES,
    )
