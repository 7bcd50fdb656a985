"""Credentials of a role: fetched for the token in the file, renewed in time, and none without STS."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from reference_impl import folder
from reference_impl.crypto.aws_role import RoleCredentials, role_of
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.settings import Settings

ROLE = "arn:aws:iam::111122223333:role/payment-service"
START = datetime(2031, 5, 1, 12, tzinfo=timezone.utc)


class Sts:
    """Answers as the API Reference has it; `status`: of the next answers."""

    def __init__(self, token_file: Path) -> None:
        self.now, self.status, self.forms, self.lost = START, 200, list[dict[str, list[str]]](), ""
        client = httpx.Client(base_url="https://sts.test", transport=httpx.MockTransport(self._answer))
        self.credentials = RoleCredentials(client, ROLE, token_file, lambda: self.now)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.status == 0:
            raise httpx.ConnectError("away")
        self.forms.append(parse_qs(request.content.decode()))
        until = (self.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        fields = {"AccessKeyId": f"id-{len(self.forms)}", "SecretAccessKey": "hush", "SessionToken": "session"}
        fields = {name: value for name, value in (fields | {"Expiration": until}).items() if name != self.lost}
        inner = "".join(f"<{name}>{value}</{name}>\n" for name, value in fields.items())
        return httpx.Response(self.status, text=f"<A><Credentials>{inner}</Credentials></A>")


@pytest.fixture
def sts(tmp_path: Path) -> Sts:
    (tmp_path / "token").write_text("first\n")
    return Sts(tmp_path / "token")


def test_the_token_is_shown_and_credentials_are_kept_until_they_end_soon(sts: Sts, tmp_path: Path) -> None:
    given = sts.credentials()
    assert (given.access_key_id, given.secret_access_key.reveal(), given.session_token) == ("id-1", "hush", "session")
    assert sts.forms[0] == {
        "Action": ["AssumeRoleWithWebIdentity"],
        "Version": ["2011-06-15"],
        "RoleArn": [ROLE],
        "RoleSessionName": ["payment-service"],
        "WebIdentityToken": ["first"],
    }
    sts.now += timedelta(minutes=49)
    assert sts.credentials().access_key_id == "id-1"
    (tmp_path / "token").write_text("second")
    sts.now += timedelta(minutes=2)
    assert sts.credentials().access_key_id == "id-2"
    assert sts.forms[1]["WebIdentityToken"] == ["second"]


@pytest.mark.parametrize("status", [0, 403, 500])
def test_old_ones_are_used_while_they_hold(sts: Sts, status: int) -> None:
    sts.credentials()
    sts.now, sts.status = sts.now + timedelta(minutes=59), status
    assert sts.credentials().access_key_id == "id-1"
    sts.now += timedelta(minutes=2)
    with pytest.raises(UnavailableError) as raised:
        sts.credentials()
    assert "hush" not in str(raised.value) + repr(raised.value.__cause__) and "first" not in str(raised.value)


@pytest.mark.parametrize("lost", ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"])
def test_half_an_answer_is_none(sts: Sts, lost: str) -> None:
    sts.lost = lost
    with pytest.raises(UnavailableError):
        sts.credentials()


def test_no_token_no_credentials(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="aws_web_identity_token_file"):
        Sts(tmp_path / "none").credentials()


def test_the_settings_say_which(tmp_path: Path) -> None:
    def settings(**given: object) -> Settings:
        kms = {"key_provider": "aws_kms", "kms_alias": "alias/payment", "kms_region": "eu-central-1"}
        return Settings(_env_file=None, **{**kms, **given})  # type: ignore[arg-type]

    token = tmp_path / "token"
    assert role_of(settings(), "eu-central-1") is None
    with pytest.raises(UnavailableError, match="aws_web_identity_token_file"):  # the role is asked for before the key
        folder.wrapper_of(settings(aws_role_arn=ROLE, aws_web_identity_token_file=token))
    for half in ({"aws_role_arn": ROLE}, {"aws_web_identity_token_file": token}, {}, {"aws_access_key_id": "id"}):
        with pytest.raises(ConfigurationError, match="aws_"):
            folder.wrapper_of(settings(**half))
