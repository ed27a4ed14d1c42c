"""The figures of ``benchmarks.access`` as tables."""

from typing import Any


def tables(figures: dict[str, Any]) -> str:
    return ""
