"""The settings of gateway and processor: complete or not there, and what makes them unfit stops the start."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from joserfc.jwk import ECKey
from pydantic import SecretStr

from reference_impl.__main__ import main
from reference_impl.crypto.rewrappable import Rewrapped
from reference_impl.demo import settings_of
from reference_impl.errors import ConfigurationError, IntegrityError, NotFoundError
from reference_impl.gateway.answer_keys import AnswerKeys
from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.encryption import open_answer
from reference_impl.gateway.opening import answer_keys, gateway_of
from reference_impl.keys.model import Progress
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.processor.opening import processor_of
from reference_impl.settings import Settings
from tests.reference.hosted_processor import HostedProcessor
from tests.reference.key_places import sealed_file
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.paying import of_gateway, of_processor
from tests.reference.processor import Processor, keys
from tests.reference.running import serving
from tests.reference.tls_files import spare_pin

WRAPPER = MemoryWrapper()


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path)


@pytest.fixture
def good(bare: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """With both, and nothing behind them."""
    monkeypatch.setattr("reference_impl.folder.wrapper_of", lambda _: WRAPPER)
    hosted = HostedProcessor(url="https://localhost")
    return of_processor(of_gateway(bare, Processor(port=1), tmp_path), hosted, tmp_path)


def changed(settings: Settings, **values: Any) -> Settings:
    return settings.model_copy(update=values)


def test_both_are_there_or_neither_is(bare: Settings, good: Settings) -> None:
    assert gateway_of(bare, WRAPPER) is None and processor_of(bare) is None
    assert isinstance(gateway_of(good, WRAPPER), HttpGateway)
    opened = processor_of(changed(good, processor_webhook_secret_before=SecretStr("of-the-events-before")))
    assert opened is not None and isinstance(opened.form, HostedForm)
    assert [secret.reveal()[-6:] for secret in opened.webhook_secrets] == [b"events", b"before"]


@pytest.mark.parametrize("name", ["url", "hosts", "merchant", "pins", "jwks_file", "encryption_key"])
def test_a_gateway_that_is_half_set_is_named(good: Settings, name: str) -> None:
    without = changed(good, **{f"gateway_{name}": Settings.model_fields[f"gateway_{name}"].default})
    with pytest.raises(ConfigurationError, match=f"^gateway_{name}: missing"):
        gateway_of(without, WRAPPER)


@pytest.mark.parametrize(
    "name", ["url", "secret_key", "webhook_secret", "publishable_key", "script_url", "frames", "calls"]
)
def test_a_processor_that_is_half_set_is_named(good: Settings, name: str) -> None:
    without = changed(good, **{f"processor_{name}": Settings.model_fields[f"processor_{name}"].default})
    with pytest.raises(ConfigurationError, match=f"^processor_{name}: missing"):
        processor_of(without)


def test_everything_that_is_missing_is_named_at_once(bare: Settings) -> None:
    with pytest.raises(ConfigurationError, match="gateway_url, gateway_hosts, gateway_merchant, gateway_jwks_file"):
        gateway_of(changed(bare, gateway_pins=(spare_pin(),)), WRAPPER)


@pytest.mark.parametrize("half", [{"gateway_merchant": "shop-1"}, {"processor_frames": "https://processor.example"}])
def test_the_service_does_not_start_half_set(tmp_path: Path, half: dict[str, str]) -> None:
    group = next(iter(half)).partition("_")[0]
    settings = changed(settings_of(tmp_path / "place"), **half)
    with pytest.raises(ConfigurationError, match=f"^{group}_url, {group}_"), serving(settings):
        pass


@pytest.mark.parametrize(
    "unfit",
    [
        {"gateway_url": "http://localhost/"},
        {"gateway_url": "https://elsewhere.example/"},
        {"gateway_pins": (spare_pin(),)},
        {"gateway_authority": Path("missing")},
        {"gateway_certificate": None},
        {"gateway_certificate_key": None},
        {"gateway_certificate_key": Path("missing")},
        {"gateway_jwks_file": Path("missing")},
        {"gateway_encryption_key": "another"},
    ],
)
def test_an_unfit_gateway(good: Settings, unfit: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="gateway"):
        gateway_of(changed(good, **unfit), WRAPPER)


@pytest.mark.parametrize(
    "unfit",
    [
        {"processor_url": "http://localhost"},
        {"processor_authority": Path("missing")},
        {"processor_script_integrity": "sha256-none"},
        {"processor_frames": "https://*"},
        {"processor_form_action": "https://elsewhere.example/"},
    ],
)
def test_an_unfit_processor(good: Settings, unfit: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        processor_of(changed(good, **unfit))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_keys_that_others_may_read_are_refused(good: Settings, mode: int) -> None:
    kept = good.data_folder / "gateway-keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert good.gateway_certificate_key is not None
    for file in (kept, good.gateway_certificate_key):
        file.chmod(mode)
        with pytest.raises(ConfigurationError, match="0600"):
            gateway_of(good, WRAPPER)
        file.chmod(0o400)
    assert gateway_of(good, WRAPPER) is not None


def test_keys_for_answers_open_them_and_are_wrapped_in_their_file(tmp_path: Path) -> None:
    """Through a rotation: the old key and the new one, then the new one alone."""
    kept, gateway = AnswerKeys(tmp_path / "keys.json"), Processor()
    first = kept.add(WRAPPER)
    second = kept.add(WRAPPER)
    private = kept.private(WRAPPER)
    content = (tmp_path / "keys.json").read_text()
    assert [one["kid"] for one in private["keys"]] == [first, second]
    assert not any(one["d"] in content for one in private["keys"]) and '"d"' not in content
    assert all("d" not in one and "wrapped" not in one for one in kept.public()["keys"])
    theirs = {"keys": [one.as_dict(private=False) for one in (keys().theirs, keys().signing)]}
    loaded = type(keys().client).load(theirs, private, "gateway-2")
    for public in kept.public()["keys"]:
        gateway.ours = ECKey.import_key(public)
        assert json.loads(open_answer(loaded, gateway.seal({"hello": "there"}))) == {"hello": "there"}
    kept.retire(first)
    assert [one["kid"] for one in kept.public()["keys"]] == [second]
    with pytest.raises(NotFoundError):
        kept.retire(first)


@pytest.mark.parametrize("batch", [1, 5])
def test_keys_for_answers_are_wrapped_anew(tmp_path: Path, batch: int) -> None:
    file, wrapper = tmp_path / "answers.json", sealed_file(tmp_path)
    kept = AnswerKeys(file)
    held = kept.wrappings(wrapper)

    async def rewrapped() -> list[Progress]:
        return [progress async for progress in Rewrapping([held], wrapper).run(batch)]

    assert asyncio.run(rewrapped()) == [], "there is no file yet"
    kids = [kept.add(wrapper) for _ in range(3)]
    before, old = kept.private(wrapper), wrapper.current
    wrapper.rotate()
    late = [Rewrapped((kids[0],), "some other key", b"too late", "x"), Rewrapped(("gone",), old, b"of nobody", "x")]
    assert asyncio.run(held.rewrap(late)) == 0
    kept.retire(kids[2])
    assert asyncio.run(rewrapped())[-1] == Progress(2, 0)
    assert kept.private(wrapper) == {"keys": before["keys"][:2]}
    assert {wrapper.wrapped_by(one) for one in kept.wrapped().values()} == {wrapper.current} != {old}
    assert asyncio.run(rewrapped()) == []


def test_a_key_under_another_id_and_a_damaged_file_do_not_open(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    kept = AnswerKeys(file)
    kid = kept.add(WRAPPER)
    file.write_text(file.read_text().replace(kid, "another"))
    with pytest.raises(IntegrityError):
        kept.private(WRAPPER)
    for damaged in ("", "[]", '{"keys": [7]}', '{"keys": [{"kid": "a"}]}'):
        file.write_text(damaged)
        with pytest.raises(ConfigurationError, match="damaged"):
            kept.public()


def test_a_gateway_without_a_key_for_its_answers(good: Settings) -> None:
    (good.data_folder / "gateway-keys.json").unlink()
    with pytest.raises(ConfigurationError, match="paylint-reference gateway-keys makes one"):
        gateway_of(good, WRAPPER)


def test_the_command_prints_what_the_gateway_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYMENT_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("PAYMENT_KEY_PASSPHRASE", "a passphrase of this test")

    def run(*arguments: str) -> Any:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return json.loads(done.output)["keys"]

    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    (first,) = run("gateway-keys")
    assert (first["crv"], first["use"], first["alg"]) == ("P-256", "enc", "ECDH-ES") and "d" not in first
    assert run("gateway-keys") == [first]
    _, second = run("gateway-keys", "--new")
    assert run("gateway-keys", "--retire", first["kid"]) == [second]
    assert CliRunner().invoke(main, ["gateway-keys", "--retire", first["kid"]]).exit_code == 2
    assert len(answer_keys(Settings()).public()["keys"]) == 1


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAYMENT_GATEWAY_URL", "https://gateway.example/")
    monkeypatch.setenv("PAYMENT_GATEWAY_PINS", json.dumps([spare_pin(), spare_pin()]))
    (tmp_path / ".env").write_text("PAYMENT_PROCESSOR_URL=https://api.processor.example\n")
    settings = Settings()
    assert (settings.gateway_url, len(settings.gateway_pins)) == ("https://gateway.example/", 2)
    assert settings.processor_url == "https://api.processor.example"
    unfit = {"PAYMENT_GATEWAY_MERCHANT": "two words", "PAYMENT_PROCESSOR_WEBHOOK_SECRET": "too short"}
    for name, value in unfit.items():
        monkeypatch.setenv(name, value)
    failed = CliRunner().invoke(main, ["serve"])
    assert failed.exit_code == 2 and all(f"{name}: " in failed.output for name in unfit)
    assert not any(value in failed.output for value in unfit.values())
    monkeypatch.setenv("PAYMENT_GATEWAY_HOSTS", "gateway.example")
    failed = CliRunner().invoke(main, ["serve"])
    assert failed.exit_code == 2 and "gateway_hosts" in failed.output and "lists are JSON" in failed.output
    assert "gateway.example" not in failed.output
