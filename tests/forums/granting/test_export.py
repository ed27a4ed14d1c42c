"""Cells of the table of access."""

import pytest

from forums.granting.export import safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "  =1", "\u00a0=1", "|x"]
)
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A plan", "Plan = aim", "2026-01-01", "Родна равноправност"])
def test_plain_text_stays(text: str) -> None:
    assert safe_cell(text) == text


def test_nothing_is_the_empty_text() -> None:
    assert safe_cell(None) == ""
