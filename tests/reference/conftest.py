"""Fixtures for the tests of the payment service."""

from __future__ import annotations

from tests.reference.event_logs import event_log
from tests.reference.hosted_payments import hosted_server, processor
from tests.reference.kafka_broker import kafka_broker
from tests.reference.policy_server import policy_server
from tests.reference.running import shop
from tests.reference.services import database_url, own_postgres, postgres, postgres_url, redis_url, sqlite
from tests.reference.verifying import issuer, shared_issuer

__all__ = [
    "database_url",
    "event_log",
    "hosted_server",
    "issuer",
    "kafka_broker",
    "own_postgres",
    "policy_server",
    "postgres",
    "postgres_url",
    "processor",
    "redis_url",
    "shared_issuer",
    "shop",
    "sqlite",
]
