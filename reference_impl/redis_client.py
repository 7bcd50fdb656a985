"""Connections to Redis, for counts that a payment waits for."""

from __future__ import annotations

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

_CONNECTIONS = 32
_ANSWER_SECONDS = 0.5


def connect(url: str, answer_seconds: float = _ANSWER_SECONDS) -> Redis:
    """A client that gives up after that time. Nothing is tried twice: a script whose answer was lost may have run."""
    pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
        url,
        max_connections=_CONNECTIONS,
        timeout=answer_seconds,
        socket_timeout=answer_seconds,
        socket_connect_timeout=answer_seconds,
        retry=Retry(NoBackoff(), 0),
    )
    return Redis.from_pool(pool)
