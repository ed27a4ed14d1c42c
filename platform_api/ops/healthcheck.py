"""``python -m platform_api.ops.healthcheck``: is the API of this container alive?

Speaks to it as the proxy does, so that host and scheme checks let it through.
"""

import http.client
import os
import sys


def alive(port: int = 8000) -> bool:
    """Whether ``/health/live`` answers 200 within four seconds."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        headers = {"Host": host, "X-Forwarded-Proto": "https"}
        connection.request("GET", "/health/live", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if alive() else 1)
