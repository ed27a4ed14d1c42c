"""The settings the HTTP kit reads, each with its default."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

DEFAULTS: Mapping[str, Any] = {
    # Address that links in answers begin with, as callers see it.
    "PUBLIC_URL": "http://localhost:8000",
    # Bytes of a JSON body; bytes of an upload where an act says no other.
    "MAX_BODY_BYTES": 1024 * 1024,
    "MAX_UPLOAD_BYTES": 25 * 1024 * 1024,
    # Nesting of arrays and objects in a JSON body.
    "MAX_JSON_DEPTH": 64,
    # Tokens a minute and bucket size of an authenticated caller.
    "THROTTLE_PER_MINUTE": 600,
    "THROTTLE_BURST": 120,
    # The same by address for callers without credentials.
    "THROTTLE_PUBLIC_PER_MINUTE": 120,
    "THROTTLE_PUBLIC_BURST": 60,
    # The same by address for requests that are refused with 401.
    "THROTTLE_UNAUTHENTICATED_PER_MINUTE": 30,
    "THROTTLE_UNAUTHENTICATED_BURST": 30,
    # Reverse proxies in front of the server whose X-Forwarded-For is believed.
    "TRUSTED_PROXIES": 0,
    # Whether routes marked public answer without credentials, and how long such an answer keeps.
    "PUBLIC_ACCESS": True,
    "PUBLIC_MAX_AGE": 60,
    # Path prefixes: of the API, whose errors are always problems, and of the admin site.
    "API_PATH": "/api/",
    "ADMIN_PATH": "/admin",
    # The repository; the Markdown file in it that describes every problem.
    "BASE_DIR": ".",
    "PROBLEMS_FILE": "openapi/problems.md",
}


def number(name: str) -> int:
    """A whole-number setting."""
    return int(getattr(settings, name, DEFAULTS[name]))


def text(name: str) -> str:
    """A text setting."""
    return str(getattr(settings, name, DEFAULTS[name]))


def flag(name: str) -> bool:
    """A yes-or-no setting."""
    return bool(getattr(settings, name, DEFAULTS[name]))
