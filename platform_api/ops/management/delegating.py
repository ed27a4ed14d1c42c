"""A management command that hands its arguments to a plain function."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.core.management.base import BaseCommand


class DelegatingCommand(BaseCommand):
    """Lists a command in ``manage.py help`` whose work needs no Django settings.

    ``manage.py`` calls the same function before Django is set up, because these commands make
    the configuration that the settings ask for.
    """

    entry_point: ClassVar[Callable[[Sequence[str] | None], int]]
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Run with the command line's arguments and exit with the function's code."""
        sys.exit(type(self).entry_point(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run without arguments (``call_command``)."""
        code = type(self).entry_point([])
        if code:
            sys.exit(code)
