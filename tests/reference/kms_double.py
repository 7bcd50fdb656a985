"""AWS KMS on this machine: the JSON protocol of its API Reference over HTTP, signatures checked, real AES keys."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.crypto.aws_client import KmsHttpClient
from reference_impl.crypto.aws_signing import Credentials
from reference_impl.secret import Secret

ALIAS = "alias/payment"
REGION = "eu-central-1"
ACCESS_KEY_ID = "test-access-key"
SECRET_ACCESS_KEY = "test-secret"


class KmsRefusesError(Exception):
    """The `__type` of the answer."""


@dataclass
class Account:
    """What KMS keeps for an account. `answers`: instead of the right ones, (status, body), for the next requests."""

    keys: dict[str, AESGCM] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    secret: str = SECRET_ACCESS_KEY

    def __post_init__(self) -> None:
        self.aliases[ALIAS] = self.make()

    def make(self) -> str:
        key_id = str(uuid.uuid4())
        self.keys[key_id] = AESGCM(AESGCM.generate_key(256))
        return key_id

    def resolve(self, key_id: str) -> str:
        found = self.aliases.get(key_id, key_id)
        if found not in self.keys:
            raise KmsRefusesError("NotFoundException")
        return found

    def seal(self, key_id: str, plain: bytes, context: dict[str, str]) -> str:
        key_id, nonce = self.resolve(key_id), os.urandom(12)
        sealed = self.keys[key_id].encrypt(nonce, plain, json.dumps(context, sort_keys=True).encode())
        return base64.b64encode(uuid.UUID(key_id).bytes + nonce + sealed).decode()

    def open(self, key_id: str, blob: str, context: dict[str, str]) -> bytes:
        key_id, data = self.resolve(key_id), base64.b64decode(blob)
        if data[:16] != uuid.UUID(key_id).bytes:
            raise KmsRefusesError("IncorrectKeyException")
        try:
            return self.keys[key_id].decrypt(data[16:28], data[28:], json.dumps(context, sort_keys=True).encode())
        except (InvalidTag, ValueError):
            raise KmsRefusesError("InvalidCiphertextException") from None

    def answer(self, action: str, ask: dict[str, Any]) -> dict[str, Any]:
        self.actions.append(action)
        if action == "Encrypt":
            plain = base64.b64decode(ask["Plaintext"])
            return {
                "KeyId": ask["KeyId"],
                "CiphertextBlob": self.seal(ask["KeyId"], plain, ask["EncryptionContext"]),
            }
        if action == "Decrypt":
            plain = self.open(ask["KeyId"], ask["CiphertextBlob"], ask["EncryptionContext"])
            return {"KeyId": ask["KeyId"], "Plaintext": base64.b64encode(plain).decode()}
        if action == "ReEncrypt":
            plain = self.open(ask["SourceKeyId"], ask["CiphertextBlob"], ask["SourceEncryptionContext"])
            blob = self.seal(ask["DestinationKeyId"], plain, ask["DestinationEncryptionContext"])
            return {"KeyId": ask["DestinationKeyId"], "SourceKeyId": ask["SourceKeyId"], "CiphertextBlob": blob}
        if action == "DescribeKey":
            return {"KeyMetadata": {"KeyId": self.resolve(ask["KeyId"]), "Enabled": True}}
        if action == "CreateKey":
            return {"KeyMetadata": {"KeyId": self.make(), "Enabled": True}}
        if action == "UpdateAlias":
            self.aliases[ask["AliasName"]] = self.resolve(ask["TargetKeyId"])
            return {}
        raise KmsRefusesError("UnknownOperationException")


class _Handler(BaseHTTPRequestHandler):
    account: ClassVar[Account]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.account.answers:
            return self._send(*self.account.answers.pop(0))
        try:
            self._check_signature(body)
            answer = self.account.answer(self.headers["x-amz-target"].removeprefix("TrentService."), json.loads(body))
        except KmsRefusesError as error:
            return self._send(400, json.dumps({"__type": str(error), "message": "no"}).encode())
        return self._send(200, json.dumps(answer).encode() if answer else b"")

    def _check_signature(self, body: bytes) -> None:
        """Signature Version 4, from the request as it came over the wire."""
        fields = self.headers["authorization"].removeprefix("AWS4-HMAC-SHA256 ")
        credential, names, signature = (part.split("=", 1)[1] for part in fields.split(", "))
        _, day, region, service, end = credential.split("/")
        canonical = f"POST\n{self.path}\n\n"
        for name in names.split(";"):
            canonical += f"{name}:{self.headers[name].strip()}\n"
        canonical += f"\n{names}\n{hashlib.sha256(body).hexdigest()}"
        what = f"AWS4-HMAC-SHA256\n{self.headers['x-amz-date']}\n{day}/{region}/{service}/{end}\n"
        what += hashlib.sha256(canonical.encode()).hexdigest()
        key = f"AWS4{self.account.secret}".encode()
        for part in (day, REGION, "kms", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        wanted = hmac.new(key, what.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, signature) or "host" not in names.split(";"):
            raise KmsRefusesError("IncompleteSignature")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/x-amz-json-1.1")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def kms(secret: str = SECRET_ACCESS_KEY) -> Iterator[tuple[Account, KmsHttpClient]]:
    """The account, and a client of it with that secret."""
    account = Account()
    handler = type("Handler", (_Handler,), {"account": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}", trust_env=False) as http:
            credentials = Credentials(ACCESS_KEY_ID, Secret(secret), "test-session")
            yield account, KmsHttpClient(http, REGION, lambda: credentials)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
