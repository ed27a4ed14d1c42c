"""What verifying a section's chains answers."""

from typing import Any, ClassVar

from rest_framework import serializers

from platform_api.core.http.views import Act

from .models import Section
from .serializers import PurgedContent
from .verification import Misfit, verification
from .views import SectionViewSet


class ChainDifference(serializers.Serializer[Any]):
    """A revision that is not what it was when it was written."""

    revision = serializers.UUIDField(
        allow_null=True, help_text="Its id; null where revisions of the chain are gone."
    )
    number = serializers.IntegerField()
    at_home = serializers.BooleanField(help_text="Of the chain before the release.")
    what = serializers.ChoiceField(
        choices=[(str(each), str(each)) for each in Misfit],
        help_text="`missing`, or what of it does not fit: its `parent`, its `content` against its "
        "digest, its `chain_hash` against the one before, what opens its `home_commitment`, the "
        "section's `present_text` against it, a `purge` that nobody recorded.",
    )


class PurgedRevision(PurgedContent):
    """A revision whose content was removed; its place in the chain is whole."""

    revision = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    at_home = serializers.BooleanField(help_text="Of the chain before the release.")


class SectionCheck(serializers.Serializer[Any]):
    """What recomputing the chains of a section shows, as far as you see them."""

    intact = serializers.BooleanField(
        source="check.intact", help_text="No revision differs. Purged content is no fault."
    )
    revisions = serializers.IntegerField(
        source="check.revisions", help_text="How many were recomputed."
    )
    first_difference = ChainDifference(source="check.first_difference", allow_null=True)
    purged = PurgedRevision(source="check.purged", many=True)


class SectionVerifyViewSet(SectionViewSet):
    """The chains of one section, recomputed."""

    acts: ClassVar[dict[str, Act]] = {
        "verify": Act(ability="view", token_scope="documents:read", output=SectionCheck),
    }

    def verify(self) -> Section:
        section: Section = self.object
        vars(section)["check"] = verification(self.actor, section)
        return section
