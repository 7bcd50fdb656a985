"""A collector of traces, as OTLP over HTTP has it, that keeps every byte it was sent."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector:
    """`url`: where it takes traces; `bodies`, `heads`: of all requests; `statuses`: of the next answers, else 200."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    @property
    def spans(self) -> list[Span]:
        """All of them, in the order they came."""
        batches = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for batch in batches for resource in batch.resource_spans for scope in resource.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    def of(self, request_id: str) -> dict[str, Span]:
        """The spans of the trace of a request by their names, once its last one, its own, is there."""

        def root() -> Span | None:
            return next((one for one in self.spans if attributes(one).get("request_id") == request_id), None)

        with self.more:
            assert self.more.wait_for(root, 20), request_id
        found = root()
        assert found is not None
        return {one.name: one for one in self.spans if one.trace_id == found.trace_id}


def attributes(span: Span) -> dict[str, Any]:
    """As Python values."""
    return {one.key: getattr(one.value, str(one.value.WhichOneof("value"))) for one in span.attributes}


@contextmanager
def collecting(context: ssl.SSLContext | None = None) -> Iterator[Collector]:
    """It runs, in threads of its own. `context`: for TLS."""
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with kept.more:
                status = kept.statuses.pop(0) if kept.statuses else 200
                if status == 200:
                    kept.bodies.append(body)
                kept.heads.append({name.lower(): value for name, value in self.headers.items()})
                kept.more.notify_all()
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        kept.url = f"{'https' if context else 'http'}://localhost:{server.server_port}/v1/traces"
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join(20)
