"""Prints the present code of an authenticator app: ``code.py "ABCD EFGH …"``.

For trials, where no phone is at hand: the key stands on the page that sets up a second factor.
"""

import base64
import hmac
import sys
import time


def code(key: str, now: float) -> str:
    """The six digits of RFC 6238 for a key in base 32."""
    secret = base64.b32decode("".join(key.split()).upper())
    digest = hmac.digest(secret, int(now // 30).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit('usage: code.py "ABCD EFGH …"')
    print(code("".join(sys.argv[1:]), time.time()))
