"""Credentials of an AWS role, for a token that the cluster renews: none is kept anywhere, each lives an hour at most.

Sources: AssumeRoleWithWebIdentity in the AWS STS API Reference; "IAM roles for service accounts" in the EKS User Guide.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.aws_signing import Credentials
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_SECONDS = 5.0
_SESSION = "payment-service"
_RENEWED_BEFORE = timedelta(minutes=10)
_FIELD = re.compile(r"<(AccessKeyId|SecretAccessKey|SessionToken|Expiration)>([^<]+)</")


class RoleCredentials:
    """Called, it gives credentials that hold for some minutes at least. For several threads."""

    def __init__(self, http: httpx.Client, role: str, token_file: Path, clock: Clock = utc_now) -> None:
        """`http`: with its base URL (`https://sts.REGION.amazonaws.com`), timeouts and trusted authorities."""
        self._http, self._role, self._token_file, self._clock = http, role, token_file, clock
        self._held: tuple[Credentials, datetime] | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Credentials:
        """Raises UnavailableError: there are none, and STS gives no new ones."""
        with self._lock:
            now = self._clock()
            if self._held is None or self._held[1] - now < _RENEWED_BEFORE:
                try:
                    self._held = self._assumed()
                except UnavailableError:
                    if self._held is None or self._held[1] <= now:
                        raise
            return self._held[0]

    def _assumed(self) -> tuple[Credentials, datetime]:
        try:
            form = {
                "Action": "AssumeRoleWithWebIdentity",
                "Version": "2011-06-15",
                "RoleArn": self._role,
                "RoleSessionName": _SESSION,
                "WebIdentityToken": self._token_file.read_text("ascii").strip(),
            }
            answer = self._http.post("/", data=form)
        except (OSError, UnicodeDecodeError):
            raise UnavailableError("aws_web_identity_token_file: cannot be read") from None
        except httpx.HTTPError as error:
            raise UnavailableError("AWS STS does not answer") from error
        found = dict(_FIELD.findall(answer.text))
        if not answer.is_success or len(found) != 4:
            raise UnavailableError(f"AWS STS does not give credentials for aws_role_arn ({answer.status_code})")
        credentials = Credentials(found["AccessKeyId"], Secret(found["SecretAccessKey"]), found["SessionToken"])
        return credentials, datetime.fromisoformat(found["Expiration"].replace("Z", "+00:00"))


def role_of(settings: Settings, region: str) -> Callable[[], Credentials] | None:
    """The role of the settings; None if they name none. Raises ConfigurationError: half of it is missing."""
    if not settings.aws_role_arn and settings.aws_web_identity_token_file is None:
        return None
    if not settings.aws_role_arn or settings.aws_web_identity_token_file is None:
        raise ConfigurationError("aws_role_arn, aws_web_identity_token_file: both or neither")
    http = httpx.Client(base_url=f"https://sts.{region}.amazonaws.com", timeout=_SECONDS, trust_env=False)
    return RoleCredentials(http, settings.aws_role_arn, settings.aws_web_identity_token_file)
