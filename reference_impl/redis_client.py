"""Connections to Redis, and its scripts, for counts that a payment waits for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.commands.core import AsyncScript
from redis.exceptions import NoScriptError

from reference_impl.batches import Batches

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


class _Call(NamedTuple):
    script: AsyncScript
    keys: Sequence[str | bytes]
    arguments: Sequence[str | int]


class Scripts:
    """Lua scripts, each of which Redis runs alone. Those that are called at the same time go there in one round trip.

    For one event loop. `client`: for single commands.
    """

    def __init__(self, client: Redis) -> None:
        self.client = client
        self._calls: Batches[_Call, Any] = Batches(self._run)

    def made(self, text: str) -> AsyncScript:
        """To be called here."""
        return self.client.register_script(text)

    async def call(self, script: AsyncScript, keys: Sequence[str | bytes], arguments: Sequence[str | int]) -> Any:
        """What it answers, as the client reads it. Raises RedisError, OSError, TimeoutError."""
        return await self._calls.submit(_Call(script, keys, arguments))

    async def _run(self, calls: Sequence[_Call]) -> list[Any]:
        answers = await self._sent(calls)
        missing = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
        if missing:  # the server was started anew since: none of these ran
            for script in {calls[place].script for place in missing}:
                await self.client.script_load(script.script)
            again = await self._sent([calls[place] for place in missing])
            for place, answer in zip(missing, again, strict=True):
                answers[place] = answer
        return answers

    async def _sent(self, calls: Sequence[_Call]) -> list[Any]:
        async with self.client.pipeline(transaction=False) as pipeline:
            for call in calls:
                pipeline.evalsha(call.script.sha, len(call.keys), *call.keys, *call.arguments)
            answers: list[Any] = await pipeline.execute(raise_on_error=False)
        return answers
