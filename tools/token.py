"""Prints an access token of a demo client: ``token.py "Serbia drafter"``.

Reads the credentials that ``make run`` wrote to var/demo.json (DEMO names another file).
"""

import base64
import json
import os
import sys
import urllib.request
from pathlib import Path


def token(name: str, demo: Path) -> str:
    """A new token of the demo client of this name, by OAuth 2.0 client credentials."""
    known = json.loads(demo.read_text(encoding="utf-8"))
    clients = {client["name"]: client for client in known["clients"]}
    if name not in clients:
        raise SystemExit(f"token.py: no demo client {name!r}; there are: {', '.join(clients)}")
    client = clients[name]
    secret = f"{client['client_id']}:{client['client_secret']}".encode()
    request = urllib.request.Request(
        known["token_url"],
        data=b"grant_type=client_credentials",
        headers={"Authorization": f"Basic {base64.b64encode(secret).decode()}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["access_token"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit('usage: token.py "Serbia drafter"')
    print(token(sys.argv[1], Path(os.environ.get("DEMO", "var/demo.json"))))
