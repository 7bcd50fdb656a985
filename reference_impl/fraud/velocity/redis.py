"""Windows in Redis, shared by all instances; each call is one Lua script, which Redis runs alone.

A subject has three keys, all of a tenant in one slot of a cluster: `:t` (sorted set: id by time of arrival, ms),
`:a` (hash: `sum`, `failed`, `a` + id its amount, `f` + id if it failed) and `:p` (hash: last place and the one before).
They expire with the window and with the memory of places. `entry:` and an entry's hashed id is the set of subjects it
counts for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import cast

from redis.exceptions import RedisError

from reference_impl.errors import UnavailableError
from reference_impl.fraud.model import Place
from reference_impl.fraud.velocity.model import Entry, Sighting, Span, Subject, Tally
from reference_impl.redis_client import Scripts

FAMILY = "velocity"
"""What all its keys begin with, before the first colon."""

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
# KEYS: that of the entry, then three for each subject. … amount, place or "", memory of places in ms.
# Gives for each subject: payments, sum, failed, place before or "".
_ADD = """
local answer, subjects = {}, {}
for key = 2, #KEYS, 3 do
  local times, amounts, places = KEYS[key], KEYS[key + 1], KEYS[key + 2]
  drop(times, amounts)
  table.insert(subjects, string.sub(times, 1, -3))
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
redis.call('SADD', KEYS[1], unpack(subjects))
redis.call('PEXPIRE', KEYS[1], window)
return answer
"""
# KEYS: times and amounts of each subject.
_FAIL = """
for key = 1, #KEYS, 2 do
  drop(KEYS[key], KEYS[key + 1])
  if redis.call('ZSCORE', KEYS[key], id) and redis.call('HSETNX', KEYS[key + 1], 'f' .. id, 1) == 1 then
    redis.call('HINCRBY', KEYS[key + 1], 'failed', 1)
  end
end
return {}
"""


class RedisWindows:
    """`Windows`. `now`: milliseconds; None: the clock of the server, and nothing else in production."""

    def __init__(self, scripts: Scripts, span: Span, now: Callable[[], int] | None = None) -> None:
        self._scripts, self._span, self._now = scripts, span, now
        self._add, self._fail = scripts.made(_START + _ADD), scripts.made(_START + _FAIL)

    async def add(self, subjects: Sequence[Subject], entry: Entry) -> Sequence[Tally]:
        """See `Windows`."""
        if not subjects:
            return []
        keys = [_entry_key(subjects[0].tenant, entry.id)]
        keys += [f"{name}:{part}" for name in map(_key, subjects) for part in "tap"]
        place = "" if entry.seen is None else _packed(entry.seen)
        more = (entry.hundredths, place, self._span.place_seconds * 1000)
        async with _answering():
            found = await self._scripts.call(self._add, keys, [*self._times(), entry.id, *more])
        return [
            Tally(int(payments), int(amount), int(failed), _unpacked(before))
            for payments, amount, failed, before in found
        ]

    async def fail(self, tenant: str, entry_id: str) -> None:
        """See `Windows`."""
        async with _answering():
            subjects = cast("set[bytes]", await self._scripts.client.smembers(_entry_key(tenant, entry_id)))
            if subjects:
                keys = [subject + part for subject in subjects for part in (b":t", b":a")]
                await self._scripts.call(self._fail, keys, [*self._times(), entry_id])

    async def forget(self, subjects: Sequence[Subject]) -> None:
        """See `Windows`. Entries are found by the window of each subject, and no longer lead to it."""
        async with _answering():
            for subject in subjects:
                name = _key(subject)
                entries = cast("list[bytes]", await self._scripts.client.zrange(f"{name}:t", 0, -1))
                async with self._scripts.client.pipeline(transaction=True) as pipeline:
                    for entry in entries:
                        pipeline.srem(_entry_key(subject.tenant, entry.decode()), name)
                    pipeline.delete(*(f"{name}:{part}" for part in "tap"))
                    await pipeline.execute()

    def _times(self) -> tuple[int | str, int]:
        return "" if self._now is None else self._now(), self._span.window_seconds * 1000


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise UnavailableError("the velocity counters do not answer") from error


def _key(subject: Subject) -> str:
    """Names are hashed: whoever lists the keys learns no addresses or customers, and no name can end another's."""
    return f"{FAMILY}:{{{_hashed(subject.tenant)}}}:{subject.kind.value}:{_hashed(subject.name)}"


def _entry_key(tenant: str, entry_id: str) -> str:
    return f"{FAMILY}:{{{_hashed(tenant)}}}:entry:{_hashed(entry_id)}"


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _packed(seen: Sighting) -> str:
    place = seen.place
    return json.dumps([place.latitude, place.longitude, place.country, seen.at.astimezone(timezone.utc).isoformat()])


def _unpacked(text: int | bytes) -> Sighting | None:
    if not isinstance(text, bytes) or not text:
        return None
    latitude, longitude, country, at = json.loads(text)
    return Sighting(Place(latitude, longitude, country), datetime.fromisoformat(at))
