"""Imports point down only: the contracts of pyproject.toml hold."""

import subprocess
import sys
from pathlib import Path

import pytest

from .source import ROOT

pytestmark = pytest.mark.conventions


def test_the_import_contracts_hold() -> None:
    """In a process of its own: the linter silences the loggers of the one that it runs in."""
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout
