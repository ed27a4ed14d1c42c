"""What is contested when an amendment meets the present text, told and settled."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from documents.merging.composing import Choice, Composition, Contested, SectionPart
from documents.texts.content import SectionText
from documents.texts.serializers import MAX_BODY
from platform_api.core.errors import Conflict, FieldError, Invalid

from .models import Amendment

MAX_TITLE = 500


class EditConflict(Conflict):
    """409: what is proposed and what the section says now changed the same words."""

    slug = "edit-conflict"
    code = "edit_conflict"

    def __init__(
        self, amendment: Amendment, composition: Composition, *, base: UUID | None = None
    ) -> None:
        super().__init__(
            "The section has changed in the same words meanwhile. Nothing was written.",
            extensions={
                "base": str(base or amendment.base_id),
                "head": str(amendment.section.head),
                "conflicts": [unit_told(each) for each in composition.contested],
            },
        )


def unit_told(contested: Contested) -> dict[str, Any]:
    """A contested unit as a problem tells it."""
    conflict = contested.conflict
    return {
        "id": conflict.id,
        "part": contested.part.value,
        "kind": conflict.kind.value,
        "base": conflict.base,
        "yours": conflict.yours,
        "theirs": conflict.theirs,
        "choices": [choice.value for choice in contested.choices],
    }


def settled(
    amendment: Amendment,
    composition: Composition,
    resolutions: Sequence[Mapping[str, Any]],
) -> SectionText:
    """The text with a wording for each contested unit.

    Raises EditConflict unless the resolutions are those of the units that are contested now, and
    Invalid for a choice or wording that a unit does not take.
    """
    contested = {each.conflict.id: each for each in composition.contested}
    if set(contested) != {each["id"] for each in resolutions}:
        raise EditConflict(amendment, composition)
    wordings: dict[str, str] = {}
    errors: list[FieldError] = []
    for index, each in enumerate(resolutions):
        unit, choice, custom = contested[each["id"]], Choice(each["choice"]), each.get("text", "")
        if choice not in unit.choices:
            errors.append(
                FieldError(f"/resolutions/{index}/choice", "not_offered", "It is not offered here.")
            )
        elif choice is Choice.CUSTOM and unit.part is SectionPart.TITLE and not _is_line(custom):
            errors.append(
                FieldError(f"/resolutions/{index}/text", "invalid", "A title is one line of text.")
            )
        else:
            wordings[each["id"]] = unit.wording(choice, custom)
    if errors:
        raise Invalid(errors)
    return fitting(composition.text(wordings))


def fitting(text: SectionText) -> SectionText:
    """A merged text. Raises Conflict (``merged_too_long``) when it is longer than a section."""
    if len(text.body) > MAX_BODY:
        raise Conflict(
            f"The merged text has more than {MAX_BODY} characters.", code="merged_too_long"
        )
    return text


def is_as_proposed(resolutions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether everything contested was settled for what the amendment proposes."""
    return all(each["choice"] == Choice.YOURS for each in resolutions)


def _is_line(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_TITLE and len(text.splitlines()) == 1
