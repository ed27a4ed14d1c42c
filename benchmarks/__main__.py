"""``python -m benchmarks [name …]``: run all measurements or those named."""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
NAMES = ("lists",)


def main(wanted: list[str]) -> None:
    """Run each measurement, print its table and keep its figures."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no measurement {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    for name in wanted or NAMES:
        measured = importlib.import_module(f"benchmarks.{name}").measure()
        kept = {
            "measured": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
            **measured,
        }
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        print(measured["table"])


if __name__ == "__main__":
    main(sys.argv[1:])
