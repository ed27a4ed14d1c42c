"""Resolutions of a conflict as a caller sends them, and the wordings they leave."""

from collections.abc import Iterator, Mapping, Sequence

from platform_api.core.errors import FieldError, Invalid

from .composing import Composition, Contested, MergeChoice, SectionPart

_LONGEST_TITLE = 500


def wordings(merge: Composition, resolutions: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The wording of each contested unit by its id.

    Raises Invalid for a unit that is not settled, an id that there is not, a choice that is not
    offered, and a wording that is no title.
    """
    contested = {each.conflict.id: each for each in merge.contested}
    found: dict[str, str] = {}
    errors: list[FieldError] = []
    for place, given in enumerate(resolutions):
        unit = contested.get(given["id"])
        wrong = list(_errors(unit, given, f"/resolutions/{place}"))
        errors += wrong
        if unit is not None and not wrong:
            found[given["id"]] = unit.wording(MergeChoice(given["choice"]), given.get("text", ""))
    named = {given["id"] for given in resolutions}
    errors += [
        FieldError("/resolutions", "unresolved", f"The unit {id_} is not settled.")
        for id_ in contested
        if id_ not in named
    ]
    if errors:
        raise Invalid(errors)
    return found


def _errors(unit: Contested | None, given: Mapping[str, str], pointer: str) -> Iterator[FieldError]:
    if unit is None:
        yield FieldError(f"{pointer}/id", "unknown", "There is no such contested unit.")
        return
    if given["choice"] not in unit.choices:
        yield FieldError(f"{pointer}/choice", "not_offered", "The unit does not offer this choice.")
    elif unit.part is SectionPart.TITLE and given["choice"] == MergeChoice.CUSTOM:
        title = given["text"]
        if not title.strip():
            yield FieldError(f"{pointer}/text", "blank", "A title says something.")
        elif len(title) > _LONGEST_TITLE:
            yield FieldError(
                f"{pointer}/text", "max_length", f"At most {_LONGEST_TITLE} characters."
            )
