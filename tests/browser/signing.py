"""Signing in to a trial's admin site as people do: password, then the app's code."""

import json
import re
import time
from pathlib import Path
from typing import Any

from tools.code import code

_KEYS: dict[str, str] = {}
"""Keys of the apps that were set up in this run, by address; a trial lasts as long."""
_SPENT: dict[str, str] = {}


def demo(trial: Any) -> dict[str, Any]:
    """What the trial wrote down for scripts."""
    read: dict[str, Any] = json.loads(trial.demo.read_text(encoding="utf-8"))
    return read


def sign_in(page: Any, trial: Any, credentials: dict[str, str], shots: Path) -> None:
    """Sign in, setting the second factor up where it was not."""
    email = credentials["email"]
    page.goto(f"{trial.base_url}/admin/")
    page.fill("#id_username", email)
    page.fill("#id_password", credentials["password"])
    page.click("input[type=submit]")
    if page.locator("#factor-key").count():
        _KEYS[email] = page.locator("#factor-key").inner_text()
        page.screenshot(path=shots / "factor-setup.png", full_page=True)
    page.fill("#id_code", _fresh_code(email))
    page.click("button.default")
    if page.locator("#recovery-codes").count():
        assert re.search(r"([A-Z2-7]{4}-){3}", page.locator("#recovery-codes").inner_text())
        page.screenshot(path=shots / "factor-codes.png", full_page=True)
        page.click("a.button")


def _fresh_code(email: str) -> str:
    """A code that was not used: the next one is taken already when this one is spent."""
    now = time.time()
    text = next(
        fresh
        for fresh in (code(_KEYS[email], now), code(_KEYS[email], now + 30))
        if fresh != _SPENT.get(email)
    )
    _SPENT[email] = text
    return text
