"""What is contested when an amendment meets the present text, told and settled."""

from collections.abc import Mapping, Sequence
from typing import Any

from documents.merging.composing import Composition, MergeChoice
from documents.merging.resolving import wordings
from documents.merging.telling import clash_told
from documents.texts.content import MAX_BODY, SectionText
from documents.texts.models import Revision
from platform_api.core.actor import Actor
from platform_api.core.errors import Conflict

from .models import Amendment


class AmendmentConflict(Conflict):
    """409: what is to come into a section and what it says now changed the same words.

    base: the revision that the wording was made on. merge: of the wording into the section.
    amendment: whose wording it is.
    """

    slug = "edit-conflict"
    code = "edit_conflict"

    def __init__(
        self,
        actor: Actor,
        amendment: Amendment,
        base: Revision,
        wording: SectionText,
        merge: Composition,
    ) -> None:
        super().__init__(
            "The section has changed in the same words meanwhile. Nothing was written.",
            extensions=clash_told(actor, amendment.section, base, wording, merge, amendment.pk),
        )


def settled(
    actor: Actor,
    amendment: Amendment,
    base: Revision,
    wording: SectionText,
    merge: Composition,
    resolutions: Sequence[Mapping[str, Any]] = (),
) -> SectionText:
    """The merged text with a wording for each contested unit.

    wording, merge: what is to come of an amendment into its section, made on ``base``.

    Raises AmendmentConflict unless the resolutions are those of the units that are contested now,
    Invalid for a choice or wording that a unit does not take, and Conflict (``merged_too_long``).
    """
    contested = {each.conflict.id for each in merge.contested}
    if contested != {each["id"] for each in resolutions}:
        raise AmendmentConflict(actor, amendment, base, wording, merge)
    text = merge.text(wordings(merge, resolutions))
    if len(text.body) > MAX_BODY:
        raise Conflict(
            f"The merged text has more than {MAX_BODY} characters.", code="merged_too_long"
        )
    return text


def is_as_proposed(resolutions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether everything contested was settled for what the amendment proposes."""
    return all(each["choice"] == MergeChoice.YOURS for each in resolutions)
