"""The few calls of AWS KMS this service makes, over httpx: the JSON 1.1 protocol with Signature Version 4.

For services without boto3, whose client fits in the same place (`aws_kms.KmsClient`). Sources: AWS KMS API Reference.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.aws_signing import Credentials, Request, authorization, digest

_BYTES = ("Plaintext", "CiphertextBlob")


class KmsError(Exception):
    """KMS refused, or did not answer (code ""). `response`: shaped as botocore's ClientError has it."""

    def __init__(self, code: str) -> None:
        super().__init__(code or "no answer")
        self.response = {"Error": {"Code": code}}


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
        headers["authorization"] = authorization(
            credentials, self._region, "kms", Request("POST", "/", {}, headers, digest(body))
        )
        try:
            response = self._http.post("/", content=body, headers=headers)
            answer: dict[str, Any] = response.json() if response.content else {}
            if not response.is_success:
                raise KmsError(str(answer.get("__type", "")).rpartition("#")[2])
            answer |= {name: b64decode(answer[name]) for name in wanted if name in _BYTES}
        except (httpx.HTTPError, ValueError, TypeError, AttributeError, KeyError) as error:  # none, or no JSON object
            raise KmsError("") from error
        return {name: answer[name] for name in wanted}
