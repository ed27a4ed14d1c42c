"""POST /purges/{id}/withdraw, and what every decision asks for."""

from documents.purging.models import Purge
from tests.documents.support import refusal

from .asking import ask, traces


def test_a_withdrawn_purge_forgets_its_passage_and_removes_nothing(
    desk, drafting, heading, section
):
    asked = ask(drafting, section)
    path = f"purges/{asked.json()['id']}"

    answer = heading.post(f"{path}/withdraw", if_match=asked)

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert answer.json()["passage"] == ""
    assert traces() == {"documents_section", "documents_revision", "ledger_detail", "search_entry"}
    for act in ("withdraw", "carry-out"):
        assert refusal(heading.post(f"{path}/{act}", if_match=answer)) == (409, "wrong_state")
        assert refusal(heading.post(f"{path}/{act}", if_match=asked)) == (
            412,
            "precondition_failed",
        )


def test_without_a_precondition_nothing_is_purged(desk, drafting, heading, section):
    path = f"purges/{ask(drafting, section).json()['id']}"

    for act in ("carry-out", "withdraw"):
        assert refusal(heading.post(f"{path}/{act}")) == (428, "precondition_required")
    assert Purge.objects.get().state == "requested"
