"""Gunicorn's settings, the same in a trial and in production.

Threads, because the time goes into the database; the process count is the cores' (WEB_WORKERS).
"""

import os
import signal
from typing import Any

from platform_api.ops.processes import bind_life_to_parent

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
keepalive = 15
timeout = 60
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "10"))
control_socket_disable = True
# Gunicorn's heartbeat files: /dev/shm works on a read-only file system, and never blocks on disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - mkstemp inside
limit_request_line = 8190
limit_request_fields = 60
# Only the proxy in front may say who the client is.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES", "127.0.0.1,::1")
errorlog = "-"
loglevel = "info"


def post_fork(server: Any, worker: Any) -> None:
    """Keep a worker from outliving a master that was killed."""
    bind_life_to_parent(signal.SIGKILL, parent=server.pid)()
