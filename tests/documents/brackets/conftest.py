"""A common section with a sentence to disagree on, and those who do."""

from dataclasses import dataclass
from typing import Any

from documents.texts.models import Revision, Section
from tests.api import ApiClient, api
from tests.documents.desk import Desk
from tests.laying import laid

BODY = "Each party shall report yearly. Nothing else is said.\n"
SHALL = (11, 16)
YEARLY = (24, 30)


@dataclass
class Table:
    """serbia, albania: drafters of the drafting group. section: common, with ``BODY``."""

    desk: Desk
    section: Section
    serbia: ApiClient
    albania: ApiClient

    @property
    def path(self) -> str:
        return f"sections/{self.section.pk}"

    def head(self) -> Revision:
        """The section's present revision."""
        return Revision.objects.get(pk=Section.objects.get(pk=self.section.pk).head)

    def body(self) -> str:
        return Section.objects.get(pk=self.section.pk).body

    def order(self, passage: tuple[int, int] = SHALL, *texts: str, **given: Any) -> dict[str, Any]:
        """What puts a passage in brackets."""
        start, end = passage
        revision = given.pop("revision", None) or str(self.head().pk)
        return {
            "revision": revision,
            "start": start,
            "end": end,
            "alternatives": list(texts) or ["should"],
            **given,
        }

    def put(self, client: ApiClient, *args: Any, **given: Any) -> Any:
        """A bracket as the API answers it."""
        answer = client.post(f"{self.path}/brackets", self.order(*args, **given))
        assert answer.status_code == 201, answer.content
        return answer.json()

    def act(self, client: ApiClient, bracket: Any, verb: str, **body: Any) -> Any:
        """The answer to an act, with the bracket's present revision where one is asked for."""
        path = f"brackets/{bracket['id']}"
        tag = None
        if verb in ("resolve", "withdraw"):
            tag = body.pop("if_match", None) or client.get(path)
        if verb == "resolve":
            body.setdefault(
                "section_revision", Section.objects.get(pk=self.section.pk).etag_revision
            )
        return client.post(f"{path}/{verb}", body, if_match=tag)

    def revise(self, body: str) -> None:
        revision = Section.objects.get(pk=self.section.pk).etag_revision
        answer = self.serbia.patch(self.path, {"body": body}, if_match=revision)
        assert answer.status_code == 200, answer.content

    def text(self, client: ApiClient | None = None) -> Any:
        return (client or self.serbia).get(f"{self.path}/bracketed-text").json()


@laid
def table(desk: Desk) -> Table:
    section = desk.section(common=True, title="Reports", body=BODY)
    decoy = desk.section(common=True, title="Decoy", body=BODY)
    found = Table(desk, section, api(desk.drafter), api(desk.albanian))
    answer = found.serbia.post(
        f"sections/{decoy.pk}/brackets",
        found.order(revision=str(decoy.head)),
    )
    assert answer.status_code == 201, answer.content
    return found
