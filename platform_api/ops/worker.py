"""``manage.py worker``: runs jobs and the periodic ones until it is told to stop.

The jobs are procrastinate's, in PostgreSQL; each app's are in its ``tasks`` module. Several
workers may run: a periodic job is deferred once for each of its times, whoever does it.
"""

import asyncio
import signal

from procrastinate.contrib.django import app

GRACE_SECONDS = 8.0
"""How long running jobs may go on after a stop was asked for; below the supervisor's patience."""


async def run_worker() -> bool:
    """Work until SIGTERM or SIGINT; True when one of them came, False when something failed.

    The queue's worker ends by itself when it loses the database; whoever started the process
    starts it again.
    """
    asked = False
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # DjangoConnector's own
    with app.replace_connector(connector):
        async with app.open_async():
            working = asyncio.create_task(
                app.run_worker_async(
                    delete_jobs="successful",
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=GRACE_SECONDS,
                )
            )

            def stop() -> None:
                nonlocal asked
                asked = True
                working.cancel()

            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, stop)
            try:
                await working
            except asyncio.CancelledError:
                if not asked:
                    raise
    return asked
