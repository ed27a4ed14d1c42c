"""``manage.py db_bootstrap``: see ``platform_api.ops.roles``."""

from platform_api.ops import roles
from platform_api.ops.management.delegating import DelegatingCommand


class Command(DelegatingCommand):
    """Prints or runs the SQL that makes the database roles."""

    help = "Print (--print) or run (--run) the SQL that makes the database and its three roles."
    entry_point = staticmethod(roles.main)
