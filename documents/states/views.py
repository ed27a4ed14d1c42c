"""The transitions of documents and sections."""

from typing import ClassVar

from documents.texts.models import Document, Section
from documents.texts.views import DocumentViewSet, PlacedSections
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act
from platform_api.identity.actors import actor_of_request

from . import services
from .serializers import DocumentSupersede, Reason


class DocumentStateViewSet(DocumentViewSet):
    """A document's way from drafting to its final draft, or to its end."""

    acts: ClassVar[dict[str, Act]] = {
        "consult": Act(ability="consult", token_scope="documents:write", precondition=True),
        "finalise": Act(ability="finalise", token_scope="documents:write", precondition=True),
        "reopen": Act(
            ability="reopen", token_scope="documents:write", input=Reason, precondition=True
        ),
        "withdraw": Act(
            ability="withdraw", token_scope="documents:write", input=Reason, precondition=True
        ),
        "supersede": Act(
            ability="supersede",
            token_scope="documents:write",
            input=DocumentSupersede,
            precondition=True,
        ),
    }

    def consult(self) -> Document:
        services.document_consult(actor=self.actor, document=self.object, if_match=self.revision)
        return self._now()

    def finalise(self) -> Document:
        services.document_finalise(actor=self.actor, document=self.object, if_match=self.revision)
        return self._now()

    def reopen(self) -> Document:
        services.document_reopen(
            actor=self.actor, document=self.object, if_match=self.revision, **self.input
        )
        return self._now()

    def withdraw(self) -> Document:
        services.document_withdraw(
            actor=self.actor, document=self.object, if_match=self.revision, **self.input
        )
        return self._now()

    def supersede(self) -> Document:
        services.document_supersede(
            actor=self.actor,
            document=self.object,
            if_match=self.revision,
            by=referred(self.actor, "/by", Document, pk=self.input["by"]),
            reason=self.input["reason"],
        )
        return self._now()

    def _now(self) -> Document:
        # Its ring may be a scope that this actor was built before.
        self.actor = actor_of_request(self.request)
        return self.get_queryset().get(pk=self.object.pk)


class SectionStateViewSet(PlacedSections):
    """A released section's way to the text that is agreed, and back."""

    acts: ClassVar[dict[str, Act]] = {
        "agree": Act(ability="agree", token_scope="documents:write", precondition=True),
        "close": Act(ability="close", token_scope="documents:write", precondition=True),
        "reopen": Act(
            ability="reopen", token_scope="documents:write", input=Reason, precondition=True
        ),
    }

    def agree(self) -> Section:
        return self.placed(
            services.section_agree(actor=self.actor, section=self.object, if_match=self.revision)
        )

    def close(self) -> Section:
        return self.placed(
            services.section_close(actor=self.actor, section=self.object, if_match=self.revision)
        )

    def reopen(self) -> Section:
        return self.placed(
            services.section_reopen(
                actor=self.actor, section=self.object, if_match=self.revision, **self.input
            )
        )
