"""Two heads that carry out one purge, and a writer who comes at the same time."""

from collections import Counter
from typing import Any

import pytest

from documents.texts.models import Revision
from platform_api.ledger.models import Entry
from tests.api import ApiClient
from tests.documents.desk import Desk
from tests.factories import delegate, token_for
from tests.postgres import ClonedDatabase

from .threads import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

PASSAGE = "The complaint of Ana Marić"


def test_one_of_many_heads_purges_and_no_writer_brings_it_back(
    desk: Desk, cloned_db: ClonedDatabase
) -> None:
    """As the production's own database role. Whoever wrote on the text as it was is told so."""
    section = desk.section(body=f"{PASSAGE} was heard.")
    drafter = ApiClient(token_for(desk.drafter))
    asked = drafter.post(
        "purges", {"section": str(section.pk), "passage": PASSAGE, "reason": "Privacy."}
    )
    heads = [token_for(delegate(desk.serbia, "head").user) for _ in range(8)]
    path = f"purges/{asked.json()['id']}/carry-out"

    def carry_out(token: str) -> Any:
        return lambda: ApiClient(token).post(path, if_match=asked)

    def write() -> Any:
        body = {"body": f"{PASSAGE} was not heard."}
        return ApiClient(drafter.token).patch(f"sections/{section.pk}", body, if_match="h1")

    with cloned_db.as_role("runtime"):
        answers = at_once([*[carry_out(token) for token in heads], *[write] * 8])

    purged = Counter(answer.status_code for answer in answers[:8])
    assert purged == {200: 1, 412: 7}
    assert {answer.status_code for answer in answers[8:]} <= {200, 412}
    assert not Revision.objects.filter(body__contains="Marić").exists()
    assert Entry.objects.filter(kind="purge.carried_out").count() == 1
    told = drafter.get(f"sections/{section.pk}/verify").json()
    assert told["intact"] is True
    assert told["purged"]
    assert "Marić" not in drafter.get(f"sections/{section.pk}").json()["body"]
