"""Kafka's own broker, one node in KRaft mode, from its published Maven artefacts: own folder, own ports."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tests.opa import free_port

LIBS = Path(os.environ.get("PAYLINT_KAFKA_LIBS") or Path.home() / ".cache" / "paylint-kafka-3.9.1" / "libs")
USER, PASSWORD = "payment", "only-for-tests"
_START_SECONDS = 90


@dataclass
class Broker:
    """A broker that can be killed and started again. `port`: plaintext; `tls_port`: TLS and SCRAM-SHA-512."""

    folder: Path
    port: int
    tls_port: int
    controller_port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def servers(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def authority(self) -> Path:
        """Who signed the broker's certificate."""
        return self.folder / "ca.pem"

    def format(self) -> None:
        """Writes settings, certificate and an empty storage."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.authority)
        pair = authority.issue_cert("127.0.0.1", "localhost")
        key = load_pem_private_key(pair.private_key_pem.bytes(), None)
        store = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        store += b"".join(blob.bytes() for blob in pair.cert_chain_pems)
        (self.folder / "broker.pem").write_bytes(store)
        settings = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},SASL_SSL://127.0.0.1:{self.tls_port}"
            f",CONTROLLER://127.0.0.1:{self.controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port},SASL_SSL://127.0.0.1:{self.tls_port}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL",
            "inter.broker.listener.name": "PLAINTEXT",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            ),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(self.folder / "broker.pem"),
            "log.dirs": str(self.folder / "data"),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            "broker.session.timeout.ms": "2000",
            "broker.heartbeat.interval.ms": "300",
            "group.min.session.timeout.ms": "1000",
            "offsets.topic.num.partitions": "1",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "1",
            "num.network.threads": "2",
            "num.io.threads": "2",
            "log.cleaner.enable": "false",
        }
        self._settings.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode().replace("-", "A")
        command = [*_java("kafka.tools.StorageTool"), "format", "-t", cluster, "-c", str(self._settings)]
        command += ["--add-scram", f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"]
        subprocess.run(command, check=True, capture_output=True)

    def start(self) -> None:
        """Starts it and waits until it takes connections."""
        log = (self.folder / "log").open("ab")
        command = [*_java("kafka.Kafka"), str(self._settings)]
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + _START_SECONDS
        while not all(_answers(port) for port in (self.port, self.tls_port)):
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"kafka does not start: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ends it."""
        if self.process and self.process.poll() is None:
            self.kill()

    @property
    def _settings(self) -> Path:
        return self.folder / "server.properties"


def _java(program: str) -> list[str]:
    quick = ["-Xmx256m", "-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"]
    return ["java", *quick, "-cp", f"{LIBS}/*", program]


def _answers(port: int) -> bool:
    with closing(socket.socket()) as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def new_broker() -> Broker:
    """A broker of one's own, started; the caller stops it and removes its folder."""
    if shutil.which("java") is None or not LIBS.is_dir():
        pytest.skip("Kafka or Java is not installed; make services installs them")
    broker = Broker(Path(tempfile.mkdtemp(prefix="pl-kafka-")), free_port(), free_port(), free_port())
    broker.format()
    broker.start()
    return broker


@pytest.fixture(scope="session")
def kafka_broker() -> Iterator[Broker]:
    """One for all tests, which may kill it if they start it again."""
    broker = new_broker()
    try:
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(broker.folder, ignore_errors=True)
