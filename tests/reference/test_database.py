"""What a transaction leaves behind."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from reference_impl.database import connect, transaction


def test_a_task_that_is_cancelled_leaves_no_lock_behind(database_url: str) -> None:
    async def run() -> None:
        engine = connect(database_url)

        async def work() -> None:
            async with transaction(engine) as connection:
                await connection.execute(text("INSERT INTO counted VALUES (1)"))
                await connection.execute(text("SELECT count(*) FROM counted"))

        async with transaction(engine) as connection:
            await connection.execute(text("CREATE TABLE counted (one integer)"))
        for number in range(150):
            tasks = [asyncio.create_task(work()) for _ in range(6)]
            await asyncio.sleep((number % 30) / 1000)
            for task in tasks[number % 3 :: 2]:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(one is None or isinstance(one, asyncio.CancelledError) for one in ended), ended
            await work()
        await engine.dispose()

    asyncio.run(run())
