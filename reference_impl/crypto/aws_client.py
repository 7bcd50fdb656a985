"""The few calls of AWS KMS this service makes, over httpx: the JSON 1.1 protocol with Signature Version 4.

For services without boto3, whose client fits in the same place (`aws_kms.KmsClient`). Sources: AWS KMS API Reference;
"Create a signed AWS API request" in the IAM User Guide.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from reference_impl.clock import Clock, utc_now
from reference_impl.secret import Secret

_BYTES = ("Plaintext", "CiphertextBlob")


@dataclass(frozen=True, slots=True)
class Credentials:
    """As AWS hands them out; `session_token`: with temporary ones, which are the only kind to use."""

    access_key_id: str
    secret_access_key: Secret[str]
    session_token: str = ""


class KmsError(Exception):
    """KMS refused, or did not answer (code ""). `response`: shaped as botocore's ClientError has it."""

    def __init__(self, code: str) -> None:
        super().__init__(code or "no answer")
        self.response = {"Error": {"Code": code}}


def authorization(credentials: Credentials, region: str, headers: Mapping[str, str], body: bytes) -> str:
    """The Authorization header of a call of KMS: POST to /, without a query.

    `headers`: all that are signed, names in small letters, with `host` and `x-amz-date`.
    """
    names = ";".join(sorted(headers))
    lines = [f"{name}:{headers[name]}" for name in sorted(headers)]
    canonical = "\n".join(["POST", "/", "", *lines, "", names, hashlib.sha256(body).hexdigest()])
    moment = headers["x-amz-date"]
    scope = f"{moment[:8]}/{region}/kms/aws4_request"
    key = f"AWS4{credentials.secret_access_key.reveal()}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    to_sign = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )


class KmsHttpClient:
    """A `aws_kms.KmsClient`: methods, arguments and answers as in the KMS API Reference, bytes as bytes.

    Every call raises KmsError. None is repeated here: the caller knows whether it may be.
    """

    def __init__(
        self, http: httpx.Client, region: str, credentials: Callable[[], Credentials], clock: Clock = utc_now
    ) -> None:
        """`http`: with its base URL (`https://kms.REGION.amazonaws.com`), timeouts and trusted authorities.

        `credentials`: asked before each call, as temporary ones are replaced while the service runs.
        """
        self._http = http
        self._region = region
        self._credentials = credentials
        self._clock = clock

    def encrypt(self, **request: Any) -> dict[str, Any]:
        """Encrypt."""
        return self._call("Encrypt", request, "CiphertextBlob")

    def decrypt(self, **request: Any) -> dict[str, Any]:
        """Decrypt."""
        return self._call("Decrypt", request, "Plaintext")

    def re_encrypt(self, **request: Any) -> dict[str, Any]:
        """ReEncrypt."""
        return self._call("ReEncrypt", request, "CiphertextBlob")

    def describe_key(self, **request: Any) -> dict[str, Any]:
        """DescribeKey."""
        return self._call("DescribeKey", request, "KeyMetadata")

    def create_key(self, **request: Any) -> dict[str, Any]:
        """CreateKey."""
        return self._call("CreateKey", request, "KeyMetadata")

    def update_alias(self, **request: Any) -> dict[str, Any]:
        """UpdateAlias."""
        return self._call("UpdateAlias", request)

    def _call(self, action: str, request: Mapping[str, Any], *wanted: str) -> dict[str, Any]:
        sent = {
            name: b64encode(value).decode() if isinstance(value, bytes) else value for name, value in request.items()
        }
        body = json.dumps(sent).encode()
        credentials = self._credentials()
        headers = {
            "content-type": "application/x-amz-json-1.1",
            "host": self._http.base_url.netloc.decode(),
            "x-amz-date": self._clock().strftime("%Y%m%dT%H%M%SZ"),
            "x-amz-target": f"TrentService.{action}",
        }
        if credentials.session_token:
            headers["x-amz-security-token"] = credentials.session_token
        headers["authorization"] = authorization(credentials, self._region, headers, body)
        try:
            response = self._http.post("/", content=body, headers=headers)
            answer: dict[str, Any] = response.json() if response.content else {}
            if not response.is_success:
                raise KmsError(str(answer.get("__type", "")).rpartition("#")[2])
            answer |= {name: b64decode(answer[name]) for name in wanted if name in _BYTES}
        except (httpx.HTTPError, ValueError, TypeError, AttributeError, KeyError) as error:  # none, or no JSON object
            raise KmsError("") from error
        return {name: answer[name] for name in wanted}
