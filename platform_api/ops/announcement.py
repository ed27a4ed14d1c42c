"""What the supervisor tells once an instance is ready: addresses, credentials, one call."""

from __future__ import annotations

import http.client
import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .instance import Instance


def announcement(instance: Instance) -> str:
    """Where API, docs and admin are, with one ``curl`` that works."""
    base, var = instance.base_url, instance.var
    lines = [
        "",
        f"  API    {base}/api/v1/",
        f"  Docs   {base}/api/v1/docs",
    ]
    demo = _read_demo(var.demo)
    admin = demo.get("admin") or {}
    shown = f"   ({admin['email']} / {admin['password']})" if "password" in admin else ""
    lines.append(f"  Admin  {admin.get('url') or f'{base}/admin/'}{shown}")
    clients = demo.get("clients") or []
    if clients:
        client = clients[0]
        lines += [
            "",
            f"Try it as {client.get('name', client['client_id'])}:",
            "  " + _curl(base, demo.get("token_url", f"{base}/oauth2/token"), client),
            f"The credentials of all demo clients are in {var.demo}.",
        ]
    lines += [f"Mail goes to {var.mail}, logs to {var.logs}. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def get(base_url: str, path: str) -> tuple[int, str]:
    """The status of a GET and a few words about it; status 0 when nothing answers."""
    address = base_url.removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, f"{answer.status} {answer.read(300).decode('utf-8', 'replace')}"
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error) or type(error).__name__
    finally:
        connection.close()


def _read_demo(path: Path) -> dict[str, Any]:
    try:
        demo = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return demo if isinstance(demo, dict) else {}


def _curl(base_url: str, token_url: str, client: Mapping[str, Any]) -> str:
    """One command line that gets a token and calls the API with it."""
    credentials = shlex.quote(f"{client['client_id']}:{client['client_secret']}")
    token = (
        f"curl -s -u {credentials} -d grant_type=client_credentials {token_url} | "
        """python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'"""
    )
    return f'curl -s -H "Authorization: Bearer $({token})" {base_url}/api/v1/me'
