"""What is observed starts and ends with the service: ages, the port of the metrics, the collector of the traces."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from click.testing import CliRunner
from pydantic import SecretStr

from reference_impl.__main__ import main
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.keys.model import Purpose
from reference_impl.observability.ages import keys_told
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.metrics import Metrics
from reference_impl.observability.opening import instruments_of
from reference_impl.observability.traces import Sampling, provider
from reference_impl.settings import Settings
from reference_impl.web import server
from tests.opa import free_port
from tests.reference.collector import collecting
from tests.reference.running import serving, settings_in
from tests.reference.test_service_killed import ended, started
from tests.reference.tls_files import ca_file, pem_files
from tests.reference.watching import (
    CREDENTIAL,
    KNOWN,
    exposed,
    figures_in,
    in_environment,
    total,
    watched,
    watching,
)


def test_the_age_of_keys_and_certificates_is_told_when_the_service_starts(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "place")
    settings = settings.model_copy(update={"metrics_port": free_port(), "metrics_credential": SecretStr(CREDENTIAL)})
    leaf = trustme.CA().issue_cert("localhost", not_after=datetime(2100, 1, 1, tzinfo=timezone.utc))
    shown = server.Certificate(*pem_files(leaf, tmp_path))
    with watching(tmp_path / "with-gateway") as seen:
        assert (
            total(seen.figures(), "payment_certificate_expiry_timestamp_seconds", certificate="gateway") > time.time()
        )
        seen.till.token()
        again = seen.till.settings.model_copy(update={"metrics_port": free_port()})
    with serving(again):
        made = total(figures_in(exposed(again.metrics_port)), "payment_key_created_timestamp_seconds", purpose="data")
        assert 0 <= time.time() - made < 600
    with serving(settings, certificate=shown):
        context = ssl.create_default_context(cafile=shown.chain)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        url = f"https://127.0.0.1:{settings.metrics_port}/metrics"
        figures = figures_in(httpx.get(url, headers=KNOWN, verify=context).raise_for_status().text)
    assert total(figures, "payment_certificate_expiry_timestamp_seconds", certificate="server") == 4102444800
    own = {"metrics_certificate": shown.chain, "metrics_certificate_key": shown.key}
    with serving(settings.model_copy(update=own)):  # in clear on this machine, but for the figures
        again = figures_in(httpx.get(url, headers=KNOWN, verify=context).raise_for_status().text)
    assert total(again, "payment_certificate_expiry_timestamp_seconds", certificate="server") == 4102444800
    with (
        pytest.raises(ConfigurationError, match="metrics_certificate"),
        serving(settings.model_copy(update={"metrics_certificate": shown.chain})),
    ):
        raise AssertionError


def test_keys_are_looked_at_again_and_again() -> None:
    metrics = Metrics()
    instruments = Instruments(metrics, provider("s").get_tracer("t"), Sampling(0.0))
    times = iter([datetime(2026, 1, 1, tzinfo=timezone.utc), None, datetime(2026, 2, 1, tzinfo=timezone.utc)])
    looked = asyncio.Event()

    async def oldest() -> Mapping[Purpose, datetime]:
        found = next(times, datetime(2026, 3, 1, tzinfo=timezone.utc))
        if found is None:
            raise UnavailableError("the database does not answer")
        if found.month == 3:
            looked.set()
        return {Purpose.DATA: found}

    async def run() -> None:
        async with keys_told(oldest, instruments, 0.001):
            await asyncio.wait_for(looked.wait(), 20)

    asyncio.run(run())
    told = metrics.registry.get_sample_value("payment_key_created_timestamp_seconds", {"purpose": "data"})
    assert told is not None and told >= datetime(2026, 2, 1, tzinfo=timezone.utc).timestamp()


def test_metrics_are_for_who_has_the_credential_and_gone_with_the_service(tmp_path: Path) -> None:
    with watching(tmp_path) as seen:
        url = f"http://127.0.0.1:{seen.till.settings.metrics_port}"
        assert httpx.get(f"{url}/metrics").status_code == 401
        assert httpx.get(f"{url}/metrics", headers={"Authorization": f"Bearer {CREDENTIAL}x"}).status_code == 401
        assert httpx.post(f"{url}/metrics", headers=KNOWN).status_code == 404
        assert httpx.get(f"{url}/health/live", headers=KNOWN).status_code == 404
        assert seen.till.client.get("/metrics", headers=KNOWN).status_code == 404
        assert httpx.get(f"{url}/metrics", headers=KNOWN).headers["content-type"].startswith("text/plain")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/metrics", headers=KNOWN)


def test_a_taken_port_and_settings_that_do_not_do_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(tmp_path / "place")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        there = {"metrics_port": port, "metrics_credential": SecretStr(CREDENTIAL)}
        with pytest.raises(ConfigurationError, match=f"metrics_port: {port} on 127.0.0.1 .* taken"):
            _start(settings, **there)
        assert settings.key_passphrase
        monkeypatch.setenv("PAYMENT_DATA_FOLDER", str(settings.data_folder))
        monkeypatch.setenv("PAYMENT_KEY_PASSPHRASE", settings.key_passphrase.get_secret_value())
        monkeypatch.setenv("PAYMENT_METRICS_CREDENTIAL", CREDENTIAL)
        said = CliRunner().invoke(main, ["serve", "--port", str(free_port()), "--metrics-port", str(port)])
        assert said.exit_code == 2 and f"metrics_port: {port}" in said.output and "Traceback" not in said.output
    with pytest.raises(ConfigurationError, match="metrics_credential: missing"):
        _start(settings, metrics_port=free_port())
    with pytest.raises(ConfigurationError, match="certificate"):
        _start(settings, **there, metrics_host="192.0.2.1")
    for url in ("http://collector.example/v1/traces", "collector.example", "https://[", "ftp://localhost/"):
        with pytest.raises(ConfigurationError, match="traces_url"):
            _start(settings, traces_url=url)
    with pytest.raises(ConfigurationError, match="traces_authority"):
        _start(settings, traces_url="https://collector.example/", traces_authority=tmp_path / "none.pem")
    with pytest.raises(ConfigurationError, match="traces_url: missing"):
        _start(settings, traces_share=0.5)
    monkeypatch.setenv("PAYMENT_METRICS_CREDENTIAL", "short")
    said = CliRunner().invoke(main, ["serve"])
    assert said.exit_code == 2 and "PAYMENT_METRICS_CREDENTIAL" in said.output and "short" not in said.output


def _start(settings: Settings, **changed: Any) -> None:
    with serving(settings.model_copy(update=changed)):
        pass


def test_a_collector_over_tls_with_a_credential_and_one_that_is_away(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with collecting(context) as collector:
        collector.statuses = [503]
        settings = Settings(
            traces_url=collector.url,
            traces_share=1,
            traces_credential=SecretStr("known"),
            traces_authority=ca_file(authority, tmp_path),
        )
        asyncio.run(_one_span(settings))
        assert [span.name for span in collector.spans] == ["request"], "sent again after the 503"
        assert {head["authorization"] for head in collector.heads} == {"Bearer known"}
    asyncio.run(_one_span(settings))  # away: it is logged, and the service ends all the same


async def _one_span(settings: Settings) -> None:
    from reference_impl.observability.model import Operation

    async with instruments_of(settings) as instruments:
        context = instruments.sampling.context([])
        assert context is not None
        with instruments.root(Operation.REQUEST, context):
            pass


def test_the_command_line_serves_metrics_and_ends_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to be sent is sent when the service is told to end."""
    place = tmp_path / "place"
    settings, port = settings_in(place), free_port()
    with collecting() as collector:
        watch = watched(collector)
        for name, value in in_environment(watch).items():
            monkeypatch.setenv(name, value)
        child = started(settings, port)
        request_id = httpx.get(f"http://127.0.0.1:{port}/health/live").headers["x-request-id"]
        assert total(figures_in(exposed(watch["metrics_port"])), "payment_request_seconds_count", status="204") >= 1
        ended(child, signal.SIGTERM)
        assert child.returncode == 0
        assert set(collector.of(request_id)) == {"request"}
    assert "uvicorn.access" not in settings.data_folder.with_suffix(".log").read_text()
