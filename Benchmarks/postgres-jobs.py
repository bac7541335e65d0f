#!/usr/bin/env python3
"""Jobs a second of `procrastinate`, a queue of jobs on PostgreSQL, each doing nothing. Called by postgres.py.

    postgres-jobs.py DSN JOBS CONCURRENCY
"""
import asyncio, sys, time

from procrastinate import App, PsycopgConnector


async def main(dsn, jobs, concurrency):
    app = App(connector=PsycopgConnector(conninfo=dsn, min_size=4, max_size=concurrency))

    @app.task(name="nothing")
    async def nothing():
        pass

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await nothing.batch_defer_async(*[{} for _ in range(jobs)])
        start = time.monotonic()
        await app.run_worker_async(concurrency=concurrency, wait=False, install_signal_handlers=False)
        taken = time.monotonic() - start
    print(f"{jobs / taken:.1f}")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
