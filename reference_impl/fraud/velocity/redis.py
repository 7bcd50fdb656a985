"""Windows in Redis, shared by all instances; each call is one Lua script, which Redis runs alone.

A subject has three keys, all of a tenant in one slot of a cluster: `:t` (sorted set: id by time of arrival, ms),
`:a` (hash: `sum`, `failed`, `a` + id its amount, `f` + id if it failed) and `:p` (hash: last place and the one before).
They expire with the window and with the memory of places.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timezone
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from reference_impl.errors import UnavailableError
from reference_impl.fraud.model import Place
from reference_impl.fraud.velocity.model import Entry, Sighting, Span, Subject, Tally

# KEYS: three for each subject. ARGV: now in ms ("" for the clock of the server), window in ms, id, …
_START = """
local now, window, id = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- 0 - n: Lua writes the negative of zero as -0, which Redis does not take
local function drop(times, amounts)
  local past = string.format('%.0f', now - window)
  for _, old in ipairs(redis.call('ZRANGEBYSCORE', times, '-inf', past)) do
    redis.call('HINCRBY', amounts, 'sum', 0 - redis.call('HGET', amounts, 'a' .. old))
    redis.call('HINCRBY', amounts, 'failed', 0 - redis.call('HDEL', amounts, 'f' .. old))
    redis.call('HDEL', amounts, 'a' .. old)
  end
  redis.call('ZREMRANGEBYSCORE', times, '-inf', past)
end
"""
# … amount, place or "", memory of places in ms. Gives for each subject: payments, sum, failed, place before or "".
_ADD = """
local answer = {}
for key = 1, #KEYS, 3 do
  local times, amounts, places = KEYS[key], KEYS[key + 1], KEYS[key + 2]
  drop(times, amounts)
  if redis.call('ZADD', times, 'NX', string.format('%.0f', now), id) == 1 then
    redis.call('HSET', amounts, 'a' .. id, ARGV[4])
    redis.call('HINCRBY', amounts, 'sum', ARGV[4])
    redis.call('PEXPIRE', times, window)
    redis.call('PEXPIRE', amounts, window)
  end
  local kept = redis.call('HMGET', places, 'id', 'last', 'before', 'until')
  if kept[4] and tonumber(kept[4]) <= now then kept = {false, false, false} end
  local before = kept[2]
  if kept[1] == id then
    before = kept[3]
  elseif ARGV[5] ~= '' then
    redis.call('DEL', places)
    redis.call('HSET', places, 'id', id, 'last', ARGV[5], 'before', before or '',
      'until', string.format('%.0f', now + ARGV[6]))
    redis.call('PEXPIRE', places, ARGV[6])
  end
  local counted = redis.call('HMGET', amounts, 'sum', 'failed')
  table.insert(answer, {redis.call('ZCARD', times), counted[1] or '0', counted[2] or '0', before or ''})
end
return answer
"""
_FAIL = """
for key = 1, #KEYS, 3 do
  drop(KEYS[key], KEYS[key + 1])
  if redis.call('ZSCORE', KEYS[key], id) and redis.call('HSETNX', KEYS[key + 1], 'f' .. id, 1) == 1 then
    redis.call('HINCRBY', KEYS[key + 1], 'failed', 1)
  end
end
return {}
"""


class _Script(Protocol):
    def __call__(self, *, keys: list[str], args: list[int | str]) -> Awaitable[list[list[int | bytes]]]: ...


class RedisWindows:
    """`Windows`. `now`: milliseconds; None: the clock of the server, and nothing else in production."""

    def __init__(self, client: Redis, span: Span, now: Callable[[], int] | None = None) -> None:
        self._span, self._now = span, now
        self._add: _Script = client.register_script(_START + _ADD)
        self._fail: _Script = client.register_script(_START + _FAIL)

    async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
        """See `Windows`."""
        place = "" if entry.seen is None else _packed(entry.seen)
        more = (entry.hundredths, place, self._span.place_seconds * 1000)
        return [
            Tally(int(payments), int(amount), int(failed), _unpacked(before))
            for payments, amount, failed, before in await self._run(self._add, subjects, entry.id, *more)
        ]

    async def fail(self, subjects: Sequence[Subject], entry_id: str) -> None:
        """See `Windows`."""
        await self._run(self._fail, subjects, entry_id)

    async def _run(
        self, script: _Script, subjects: Sequence[Subject], entry_id: str, *more: int | str
    ) -> list[list[int | bytes]]:
        now = "" if self._now is None else self._now()
        keys = [f"{_key(subject)}:{part}" for subject in subjects for part in "tap"]
        if not keys:
            return []
        try:
            return await script(keys=keys, args=[now, self._span.window_seconds * 1000, entry_id, *more])
        except (RedisError, OSError, TimeoutError) as error:
            raise UnavailableError("the velocity counters do not answer") from error


def _key(subject: Subject) -> str:
    """Names are hashed: whoever lists the keys learns no addresses or customers, and no name can end another's."""
    tenant = hashlib.sha256(subject.tenant.encode()).hexdigest()[:32]
    name = hashlib.sha256(subject.name.encode()).hexdigest()[:32]
    return f"velocity:{{{tenant}}}:{subject.kind.value}:{name}"


def _packed(seen: Sighting) -> str:
    place = seen.place
    return json.dumps([place.latitude, place.longitude, place.country, seen.at.astimezone(timezone.utc).isoformat()])


def _unpacked(text: int | bytes) -> Sighting | None:
    if not isinstance(text, bytes) or not text:
        return None
    latitude, longitude, country, at = json.loads(text)
    return Sighting(Place(latitude, longitude, country), datetime.fromisoformat(at))
