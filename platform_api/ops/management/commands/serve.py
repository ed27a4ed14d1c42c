"""``manage.py serve``: see ``platform_api.ops.supervisor``."""

from platform_api.ops import supervisor
from platform_api.ops.management.delegating import DelegatingCommand


class Command(DelegatingCommand):
    """Starts a whole trial instance and supervises it."""

    help = "Start a trial instance (database, API, sealer, worker) and supervise it until Ctrl-C."
    entry_point = staticmethod(supervisor.main)
