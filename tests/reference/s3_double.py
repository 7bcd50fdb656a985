"""S3 with Object Lock on this machine, as documented: versions, delete markers, signatures checked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

REGION = "eu-central-1"
ACCESS_KEY_ID = "test-access-key"
SECRET_ACCESS_KEY = "test-secret"


@dataclass
class Version:
    """`data` None: a delete marker."""

    data: bytes | None
    mode: str = ""
    until: str = ""

    @property
    def locked(self) -> bool:
        return self.mode == "COMPLIANCE" and _time(self.until) > datetime.now(timezone.utc)


@dataclass
class Bucket:
    """`answers`: status instead of the right answer, for the next requests; `lost`: whether it is done all the same."""

    lock: bool = True
    objects: dict[str, list[Version]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    lost: bool = False

    def put(self, key: str, body: bytes, headers: Any) -> int:
        checksum = headers["x-amz-checksum-sha256"]
        mode, until = headers["x-amz-object-lock-mode"] or "", headers["x-amz-object-lock-retain-until-date"] or ""
        if bool(mode) != bool(until) or (mode and not (self.lock and checksum)):
            return 400
        if mode and (mode not in ("COMPLIANCE", "GOVERNANCE") or _time(until) <= datetime.now(timezone.utc)):
            return 400
        if checksum and base64.b64decode(checksum) != hashlib.sha256(body).digest():
            return 400
        if headers["if-none-match"] == "*" and self.current(key):
            return 412
        self.objects.setdefault(key, []).append(Version(body, mode, until))
        return 200

    def current(self, key: str) -> Version | None:
        versions = self.objects.get(key)
        return versions[-1] if versions and versions[-1].data is not None else None

    def delete(self, key: str, version: int | None = None) -> int:
        """Without a version it hides the object; with one it removes that version, unless it is locked."""
        versions = self.objects[key]
        if version is None:
            versions.append(Version(None))
            return 204
        if versions[version].locked:
            return 403
        del versions[version]
        return 204


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


class _Handler(BaseHTTPRequestHandler):
    bucket: ClassVar[Bucket]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        self._answer(body, lambda key: (self.bucket.put(key, body, self.headers), b"", None))

    def do_GET(self) -> None:
        if dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)).keys() == {"object-lock"}:
            state = b"<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>"
            return self._answer(b"", lambda _: (200, state, None) if self.bucket.lock else (404, b"<Error/>", None))
        return self._answer(b"", self._read)

    def do_HEAD(self) -> None:
        self._answer(b"", self._read)

    def _read(self, key: str) -> tuple[int, bytes, Version | None]:
        found = self.bucket.current(key)
        return (404, b"", None) if found is None else (200, found.data or b"", found)

    def _answer(self, body: bytes, act: Any) -> None:
        if not self._signed(body):
            return self._send(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", None)
        if self.bucket.answers:
            status = self.bucket.answers.pop(0)
            if self.bucket.lost:
                act(urlsplit(self.path).path[1:])
            return self._send(status, b"", None)
        return self._send(*act(urlsplit(self.path).path[1:]))

    def _signed(self, body: bytes) -> bool:
        """Signature Version 4, from the request as it came over the wire."""
        fields = self.headers["authorization"].removeprefix("AWS4-HMAC-SHA256 ")
        _, names, signature = (part.split("=", 1)[1] for part in fields.split(", "))
        place = urlsplit(self.path)
        moment, said = self.headers["x-amz-date"], self.headers["x-amz-content-sha256"]
        canonical = f"{self.command}\n{place.path}\n{place.query}\n"
        canonical += "".join(f"{name}:{self.headers[name].strip()}\n" for name in names.split(";"))
        canonical += f"\n{names}\n{said}"
        what = f"AWS4-HMAC-SHA256\n{moment}\n{moment[:8]}/{REGION}/s3/aws4_request\n"
        what += hashlib.sha256(canonical.encode()).hexdigest()
        key = f"AWS4{SECRET_ACCESS_KEY}".encode()
        for part in (moment[:8], REGION, "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        wanted = hmac.new(key, what.encode(), hashlib.sha256).hexdigest()
        amz = {name.lower() for name in self.headers if name.lower().startswith("x-amz-")} | {"host"}
        fits = amz <= set(names.split(";")) and said == hashlib.sha256(body).hexdigest()
        now = datetime.now(timezone.utc)
        recent = abs(datetime.strptime(moment, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc) - now)
        return fits and recent < timedelta(minutes=15) and hmac.compare_digest(wanted, signature)

    def _send(self, status: int, body: bytes, version: Version | None) -> None:
        self.send_response(status)
        if version is not None and version.mode:
            self.send_header("x-amz-object-lock-mode", version.mode)
            self.send_header("x-amz-object-lock-retain-until-date", version.until)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def s3(bucket: Bucket) -> Iterator[str]:
    """Its URL."""
    handler = type("Handler", (_Handler,), {"bucket": bucket})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
