"""``python -m benchmarks [name [option …]]``: run all measurements, or one with its options."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
NAMES = ("access", "merging", "tree")


def main(wanted: list[str]) -> None:
    """Run each measurement, print its table and keep its figures."""
    if wanted and wanted[0] not in NAMES:
        raise SystemExit(f"no measurement {wanted[0]}; there are: {', '.join(NAMES)}")
    for name in wanted[:1] or NAMES:
        measured = importlib.import_module(f"benchmarks.{name}").measure(wanted[1:])
        kept = {
            "measured": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
            **measured,
        }
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        print(measured["table"])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit("stopped; nothing is left behind") from None
