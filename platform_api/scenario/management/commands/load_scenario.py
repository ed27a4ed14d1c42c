"""Loads the scenario once and writes the trial's credentials for scripts."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from platform_api.scenario.loader import OPERATOR_EMAIL, Credentials, Loader


class Command(BaseCommand):
    help = "Load the demo scenario; loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", type=Path, help="where credentials are written (mode 0600)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path | None = options["demo"]
        known = _read(path)
        loader = Loader(progress=lambda step: self.stdout.write(f"  {step}"))
        credentials = loader.load(renew_credentials=path is not None and known is None)
        if path is not None:
            _write(path, _demo(known or {}, credentials))


def _read(path: Path | None) -> dict[str, Any] | None:
    if path is None or not path.exists():
        return None
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return known if isinstance(known, dict) and known.get("clients") else None


def _demo(known: dict[str, Any], credentials: Credentials) -> dict[str, Any]:
    clients = {client["name"]: client for client in known.get("clients", [])}
    clients.update({client["name"]: client for client in credentials.clients})
    people = {person["email"]: person for person in known.get("people", [])}
    people.update({person["email"]: person for person in credentials.people})
    password = credentials.operator_password or known.get("admin", {}).get("password", "")
    return {
        "base_url": f"{settings.PUBLIC_URL}/api/v1",
        "token_url": f"{settings.PUBLIC_URL}/oauth2/token",
        "admin": {
            "url": f"{settings.PUBLIC_URL}/admin/",
            "email": OPERATOR_EMAIL,
            "password": password,
        },
        "people": list(people.values()),
        "clients": list(clients.values()),
    }


def _write(path: Path, demo: dict[str, Any]) -> None:
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(demo, file, ensure_ascii=False, indent=2)
    temporary.replace(path)
