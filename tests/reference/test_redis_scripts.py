"""Scripts on a real Redis: many at once, in one round trip each, and none run twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from redis.exceptions import RedisError, ResponseError

from reference_impl.redis_client import Scripts, connect
from tests.opa import free_port

COUNT = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
SHOUT = "return string.upper(ARGV[1])"
"""Does nothing but answer."""


def run(redis_url: str, test: Callable[[Scripts], Awaitable[None]]) -> None:
    async def main() -> None:
        client = connect(redis_url, 20)
        try:
            await test(Scripts(client))
        finally:
            await client.aclose()

    asyncio.run(main())


def test_everybody_gets_the_own_answer(redis_url: str) -> None:
    async def test(scripts: Scripts) -> None:
        count, shout, key = scripts.made(COUNT), scripts.made(SHOUT), uuid4().hex
        counted = [scripts.call(count, [key], [1]) for _ in range(100)]
        shouted = [scripts.call(shout, [], [f"a{number}"]) for number in range(100)]
        answers = await asyncio.gather(*counted, *shouted)
        assert sorted(answers[:100]) == list(range(1, 101))
        assert answers[100:] == [f"A{number}".encode() for number in range(100)]

    run(redis_url, test)


def test_those_who_call_together_go_together(redis_url: str) -> None:
    async def test(scripts: Scripts) -> None:
        shout = scripts.made(SHOUT)
        await scripts.call(shout, [], ["a"])
        async with scripts.client.monitor() as monitor:
            calls = asyncio.gather(*(scripts.call(shout, [], [f"a{number}"]) for number in range(20)))
            seen = [await monitor.next_command() for _ in range(20)]
            await calls
        assert len({(one["client_address"], one["client_port"]) for one in seen}) == 1

    run(redis_url, test)


def test_a_server_that_has_forgotten_them_runs_each_once(redis_url: str) -> None:
    async def test(scripts: Scripts) -> None:
        count, key = scripts.made(COUNT), uuid4().hex
        for expected in (range(1, 11), range(11, 21)):
            await scripts.client.script_flush()
            assert sorted(await asyncio.gather(*(scripts.call(count, [key], [1]) for _ in expected))) == list(expected)

    run(redis_url, test)


def test_one_that_fails_fails_alone(redis_url: str) -> None:
    async def test(scripts: Scripts) -> None:
        count, key = scripts.made(COUNT), uuid4().hex
        calls = [scripts.call(count, [key], [argument]) for argument in (1, "many", 1)]
        first, second, third = await asyncio.gather(*calls, return_exceptions=True)
        assert (first, third) == (1, 2)
        assert isinstance(second, ResponseError)

    run(redis_url, test)


def test_nobody_is_left_waiting_without_a_server() -> None:
    async def test(scripts: Scripts) -> None:
        shout = scripts.made(SHOUT)
        answers = await asyncio.gather(*(scripts.call(shout, [], ["a"]) for _ in range(9)), return_exceptions=True)
        assert all(isinstance(answer, RedisError) for answer in answers)

    run(f"redis://127.0.0.1:{free_port()}/0", test)


@pytest.mark.parametrize("times", [1, 3])
def test_one_who_gives_up_takes_nothing_from_others(redis_url: str, times: int) -> None:
    async def test(scripts: Scripts) -> None:
        shout = scripts.made(SHOUT)
        for _ in range(times):
            calls = [asyncio.create_task(scripts.call(shout, [], [f"a{number}"])) for number in range(9)]
            await asyncio.sleep(0)
            calls[4].cancel()
            answers = await asyncio.gather(*calls, return_exceptions=True)
            assert [answer for answer in answers if isinstance(answer, bytes)] == [
                f"A{number}".encode() for number in range(9) if number != 4
            ]

    run(redis_url, test)
