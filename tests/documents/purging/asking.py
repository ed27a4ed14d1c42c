"""The words that the tests of purging remove, and the requests by which they do it."""

from typing import Any
from uuid import uuid4

from documents.texts.models import Revision

from .traces import tables_with

WORD = "Маријановић"
PASSAGE = f"The complaint of Ana {WORD} was heard."
REASON = "Names of people who were never asked."


def traces() -> set[str]:
    """The tables that hold the word, as it was written or as the search folds it."""
    return tables_with(WORD, "marijanovic")


def ask(client: Any, section: Any, **given: Any) -> Any:
    wanted = {"passage": PASSAGE} if "revision" not in given else {}
    body = {"section": str(section.pk), "reason": REASON, **wanted, **given}
    return client.post("purges", body, headers={"Idempotency-Key": str(uuid4())})


def carry_out(client: Any, asked: Any) -> Any:
    return client.post(f"purges/{asked.json()['id']}/carry-out", if_match=asked)


def chain(section: Any, *, at_home: bool) -> list[Revision]:
    return list(Revision.objects.filter(section=section, at_home=at_home).order_by("number"))
