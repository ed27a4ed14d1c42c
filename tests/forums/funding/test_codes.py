"""Our tables of codes are those of IATI 2.03, where its code lists are at hand."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from forums.funding.codes import ActivityStatus, OrganisationRole, TransactionType
from forums.funding.currencies import CURRENCIES, minor_units

LISTS = Path(__file__).parents[4] / "shared" / "iati" / "codelists"


def listed(name: str) -> dict[str, str]:
    """Code -> English name."""
    path = LISTS / f"{name}.xml"
    if not path.exists():
        pytest.skip("the code lists of IATI are not beside this tree")
    found = {}
    for item in ElementTree.parse(path).iter("codelist-item"):
        narratives = item.findall("name/narrative")
        found[str(item.findtext("code"))] = str(narratives[0].text)
    return found


@pytest.mark.parametrize("codes", [ActivityStatus, OrganisationRole, TransactionType])
def test_codes_and_their_names_are_the_standards(codes: Any) -> None:
    assert dict(codes.choices) == listed(codes.__name__)


def test_currencies_are_the_standards() -> None:
    assert set(listed("Currency")) == CURRENCIES


def test_minor_units_are_iso_4217s() -> None:
    units = [minor_units(code) for code in ("EUR", "JPY", "KWD", "RSD")]

    assert units == [2, 0, 3, 2]
