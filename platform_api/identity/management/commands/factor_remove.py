"""Removes the lost second factor of a person when no other operator is there to do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from platform_api.core.errors import Invalid, NotVisible
from platform_api.identity.actors import system_actor
from platform_api.identity.factors.services import factor_remove
from platform_api.identity.models import User


class Command(BaseCommand):
    help = "Remove the second factor of a person, who sets up a new one at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--reason", required=True, help="kept in the ledger")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("There is no person with this address.")
        try:
            factor_remove(actor=system_actor("bootstrap"), user=user, reason=options["reason"])
        except NotVisible as refusal:
            raise CommandError("This person has no second factor.") from refusal
        except Invalid as refusal:
            raise CommandError(refusal.errors[0].detail) from refusal
        self.stdout.write(f"The second factor of {user.email} is removed.")
