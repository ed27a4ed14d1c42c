"""Imports point down only: the contracts of pyproject.toml hold."""

import pytest
from importlinter.cli import lint_imports

from .source import ROOT

pytestmark = pytest.mark.conventions


def test_the_import_contracts_hold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert status == 0, capsys.readouterr().out
