"""POST /amendments/{id}/accept."""

from documents.texts.models import Section
from tests.api import ApiClient

from .support import act, body_of, drafted, revise, shown, submitted, text


def test_an_accepted_amendment_is_in_the_text(
    section: Section, albania: ApiClient, albania_head: ApiClient, serbia: ApiClient
) -> None:
    amendment = submitted(albania, albania_head, section, text(first="Within 15 days."))
    answer = act(serbia, amendment, "accept")
    assert answer.status_code == 200, answer.content
    print(answer.json())
    assert body_of(albania, section) == text(first="Within 15 days.")
