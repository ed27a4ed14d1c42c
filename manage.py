#!/usr/bin/env python
"""The platform's command line."""

import os
import sys
from importlib import import_module

# They make the configuration that Django's settings ask for, so they run before it is read.
BEFORE_SETTINGS = {
    "serve": "platform_api.ops.supervisor",
    "db_bootstrap": "platform_api.ops.roles",
}
# They change or own the schema, or read every row, so they connect as the role that owns it.
AS_OWNER = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "flush",
    "dbshell",
    "squashmigrations",
    "reindex_search",
}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_api.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in BEFORE_SETTINGS:
        sys.exit(import_module(BEFORE_SETTINGS[command]).main(sys.argv[2:]))
    if command in AS_OWNER:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
