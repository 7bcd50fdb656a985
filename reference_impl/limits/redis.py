"""Counters in Redis, shared by all instances; each call is one Lua script, which Redis runs alone."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Any

from redis.commands.core import AsyncScript
from redis.exceptions import RedisError

from reference_impl.errors import UnavailableError
from reference_impl.limits.model import Decision
from reference_impl.redis_client import Scripts

LIMIT, LOCK = "limit", "lock"
"""What its keys begin with, before the first colon."""

# Both: KEYS[1]; ARGV: limit, window in ms, now in ms ("" for the clock of the server, which all instances share).
# Both give: 1 or 0, how many remain, milliseconds to wait.
_NOW = """
local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
"""
_HIT = """
local oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
while oldest and oldest <= now - window do
  redis.call('LPOP', KEYS[1])
  oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
end
local count = redis.call('LLEN', KEYS[1])
if count >= limit then
  return {0, 0, oldest + window - now}
end
redis.call('RPUSH', KEYS[1], now)
redis.call('PEXPIRE', KEYS[1], window)
return {1, limit - count - 1, 0}
"""
_ATTEMPT = """
local count = tonumber(redis.call('HGET', KEYS[1], 'count') or 0)
local till = tonumber(redis.call('HGET', KEYS[1], 'until') or 0)
if till <= now then count = 0 end
if count >= limit then
  return {0, 0, till - now}
end
redis.call('HSET', KEYS[1], 'count', count + 1, 'until', now + window)
redis.call('PEXPIRE', KEYS[1], window)
return {1, limit - count - 1, 0}
"""
_FORGIVE = """
local count = tonumber(redis.call('HGET', KEYS[1], 'count') or 0)
if ARGV[1] == '' or count <= tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[1])
else
  redis.call('HINCRBY', KEYS[1], 'count', -tonumber(ARGV[1]))
end
return 0
"""


class RedisLimits:
    """`Limits` and `Lockouts`. `now`: milliseconds; None: the clock of the server, and nothing else in production."""

    def __init__(self, scripts: Scripts, now: Callable[[], int] | None = None) -> None:
        self._scripts, self._now = scripts, now
        self._hit, self._attempt, self._forgive = map(scripts.made, (_NOW + _HIT, _NOW + _ATTEMPT, _FORGIVE))

    async def hit(self, key: str, limit: int, window_seconds: int) -> Decision:
        """See `Limits`."""
        return await self._decide(self._hit, f"{LIMIT}:{key}", limit, window_seconds)

    async def attempt(self, key: str, limit: int, lock_seconds: int) -> Decision:
        """See `Lockouts`."""
        return await self._decide(self._attempt, f"{LOCK}:{key}", limit, lock_seconds)

    async def forgive(self, key: str, attempts: int | None = None) -> None:
        """See `Lockouts`."""
        await self._call(self._forgive, f"{LOCK}:{key}", "" if attempts is None else attempts)

    async def _decide(self, script: AsyncScript, key: str, limit: int, seconds: int) -> Decision:
        now = "" if self._now is None else self._now()
        passed, remaining, wait = await self._call(script, key, limit, seconds * 1000, now)
        return Decision(passed == 1, remaining, math.ceil(wait / 1000))

    async def _call(self, script: AsyncScript, key: str, *arguments: str | int) -> Any:
        try:
            return await self._scripts.call(script, [key], arguments)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            raise UnavailableError("the counters do not answer") from error
