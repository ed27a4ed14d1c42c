"""Secrets of a trial instance: generated once, kept in one file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

FILE_NAME = "secrets.json"


class TrialSecrets:
    """Named random secrets in ``<folder>/secrets.json`` (mode 0600), each made when first asked.

    Attributes:
        path: the file.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def get(self, name: str) -> str:
        """Return the secret of that name, making and storing it the first time.

        Raises:
            ValueError: the file exists and is not what this class wrote.
        """
        stored = self._read()
        if name not in stored:
            stored[name] = secrets.token_urlsafe(48 if name == "secret_key" else 24)
            self._write(stored)
        return stored[name]

    def _read(self) -> dict[str, str]:
        try:
            text = self.path.read_text()
        except FileNotFoundError:
            return {}
        try:
            stored = json.loads(text)
        except ValueError as error:
            raise ValueError(f"{self.path} is not valid JSON; restore or delete it.") from error
        if not isinstance(stored, dict) or not all(isinstance(v, str) for v in stored.values()):
            raise ValueError(f"{self.path} does not hold named secrets; restore or delete it.")
        return stored

    def _write(self, stored: dict[str, str]) -> None:
        # A crash in the middle must not lose the password of an existing database.
        fresh = self.path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            os.fchmod(file.fileno(), 0o600)
            json.dump(stored, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
