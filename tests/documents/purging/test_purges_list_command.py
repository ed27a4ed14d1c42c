"""manage.py purges_list."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from documents.purging.models import Purge
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.models import Entry
from tests.factories import DocumentVersionFactory

from .asking import PASSAGE, ask, carry_out, chain


def listed(**options: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("purges_list", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_a_restored_backup_has_to_lose_again_is_listed_without_its_words(
    desk, drafting, heading, section
):
    version = DocumentVersionFactory(document=desk.document)
    answer = carry_out(heading, ask(drafting, section))
    heading.post(f"purges/{ask(drafting, desk.section(body=PASSAGE)).json()['id']}/withdraw")

    (one,) = listed()

    gone = [chain(section, at_home=True)[1], *chain(section, at_home=False)[:2]]
    noted = Entry.objects.get(kind="detail.erased").object_id
    assert one == {
        "purge": answer.json()["id"],
        "section": str(section.pk),
        "document": None,
        "by": str(desk.serbia.pk),
        "at": answer.json()["decided_at"],
        "rows": {
            "documents_documentversion": [str(version.pk)],
            "documents_revision": [str(row.pk) for row in gone],
            "ledger_detail": [noted],
        },
    }
    assert listed(since=Purge.objects.get(pk=one["purge"]).decided_at) == [one]
    assert listed(since=datetime.now(UTC) + timedelta(days=1)) == []


def test_the_list_is_the_owners(desk):
    with acting(actor_of(desk.head)), pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        listed()
