"""How to reach a Kafka cluster, and what its topics are like."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from reference_impl.errors import ConfigurationError
from reference_impl.events.log import PARTITIONS, RETENTION
from reference_impl.secret import Secret

_LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    """`servers`: HOST:PORT of some brokers. Without TLS only on this machine (PCI DSS 4.2.1).

    `authority`: PEM, who signed the brokers' certificates; `certificate`, `certificate_key`: PEM, with which this
    service shows who it is; `user`, `password`: the same by SCRAM-SHA-512 (RFC 5802, RFC 7677).
    `replicas`, `in_sync`: of topics this service makes; a message is published once `in_sync` of them have it.
    `prefix`: of our topics and groups, where a cluster is shared.
    `session_seconds`: after which a member that is not heard of has lost its partitions.
    """

    servers: tuple[str, ...]
    authority: Path | None = None
    certificate: Path | None = None
    certificate_key: Path | None = None
    user: str = ""
    password: Secret[str] | None = None
    prefix: str = ""
    partitions: int = PARTITIONS
    replicas: int = 3
    in_sync: int = 2
    retention: timedelta = RETENTION
    timeout_seconds: float = 10.0
    session_seconds: float = 10.0

    def connection(self) -> dict[str, Any]:
        """Arguments of aiokafka's clients. Raises ConfigurationError."""
        common = {
            "bootstrap_servers": list(self.servers),
            "client_id": "payment-service",
            "request_timeout_ms": int(self.timeout_seconds * 1000),
        }
        if self.authority is None:
            if not all(server.startswith(_LOOPBACK) for server in self.servers) or self.user:
                raise ConfigurationError("kafka: only a broker on this machine is spoken to without TLS")
            return common
        common |= {"security_protocol": "SSL", "ssl_context": self._tls(self.authority)}
        if self.user and self.password is not None:
            common |= {
                "security_protocol": "SASL_SSL",
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": self.user,
                "sasl_plain_password": self.password.reveal(),
            }
        return common

    def topic(self) -> Mapping[str, str]:
        """Settings of a topic. What is not in Kafka's documentation a broker refuses: encryption is the listeners',
        the volumes' and, for what is in the messages, our own.
        """
        return {
            "min.insync.replicas": str(self.in_sync),
            "retention.ms": str(int(self.retention.total_seconds() * 1000)),
            "cleanup.policy": "delete",
            "unclean.leader.election.enable": "false",
        }

    def _tls(self, authority: Path) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=str(authority))
            if self.certificate is not None:
                context.load_cert_chain(self.certificate, self.certificate_key)
        except (OSError, ssl.SSLError):
            raise ConfigurationError("kafka: the certificates cannot be read") from None
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
