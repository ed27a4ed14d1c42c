"""Makes the first operator of an instance."""

import getpass
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from platform_api.core.errors import Conflict
from platform_api.identity.actors import system_actor
from platform_api.identity.models import User
from platform_api.identity.services import user_create


class Command(BaseCommand):
    help = (
        "Make the first operator; refused when there is one. Password: BOOTSTRAP_PASSWORD or asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="Operator")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_operator=True, kind="person").exists():
            raise CommandError("There is an operator already; operators make further ones.")
        password = os.environ.get("BOOTSTRAP_PASSWORD") or getpass.getpass("Password: ")
        if len(password) < 12:
            raise CommandError("The password needs at least 12 characters.")
        try:
            user = user_create(
                actor=system_actor("bootstrap"),
                email=options["email"],
                name=options["name"],
                password=password,
                is_operator=True,
                is_staff=True,
            )
        except Conflict as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write(f"Operator {user.email} made.")
