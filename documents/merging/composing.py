"""The three-way merge of a whole section: its title, its language and its body. Pure.

The body is merged by its blocks and sentences (documents.texts.wording.merging); title and
language are one unit each.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from documents.texts.content import SectionText
from documents.texts.wording.merged import Conflict, ConflictKind, Merge, Side, Taken
from documents.texts.wording.merging import merge


class SectionPart(StrEnum):
    """What of a section a wording is of."""

    TITLE = "title"
    LANGUAGE = "language"
    BODY = "body"


class MergeChoice(StrEnum):
    """How a contested unit is settled. ``both``: the present wording, then yours."""

    YOURS = "yours"
    THEIRS = "theirs"
    BOTH = "both"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Contested:
    """A unit that both sides changed, each in its own way."""

    part: SectionPart
    conflict: Conflict

    @property
    def choices(self) -> tuple[MergeChoice, ...]:
        """How it may be settled; ``both`` only where that says nothing twice."""
        if self.part is SectionPart.LANGUAGE:
            return (MergeChoice.YOURS, MergeChoice.THEIRS)
        if self.part is SectionPart.BODY and self.conflict.kind in _SIDE_BY_SIDE:
            return tuple(MergeChoice)
        return (MergeChoice.YOURS, MergeChoice.THEIRS, MergeChoice.CUSTOM)

    def wording(self, choice: MergeChoice, custom: str = "") -> str:
        """The wording that a choice leaves. Raises ValueError for one that is not offered."""
        if choice not in self.choices:
            raise ValueError(f"{choice} is not offered")
        yours, theirs = self.conflict.yours, self.conflict.theirs
        both = f"{theirs}{self.conflict.joint}{yours}"
        return {"yours": yours, "theirs": theirs, "both": both, "custom": custom}[choice]


_SIDE_BY_SIDE = (ConflictKind.BOTH_EDITED, ConflictKind.BOTH_INSERTED)


@dataclass(frozen=True, slots=True)
class TakenPart:
    """A change that was merged by itself, and what of the section it changed."""

    part: SectionPart
    taken: Taken


@dataclass(frozen=True, slots=True)
class Composition:
    """A merged section with what is not settled.

    title, language: the merged one, or the conflict.
    """

    title: str | Contested
    language: str | Contested
    body: Merge
    taken: tuple[TakenPart, ...]

    @property
    def contested(self) -> list[Contested]:
        """What has to be settled: title, language, then the body in reading order."""
        lines = [line for line in (self.title, self.language) if isinstance(line, Contested)]
        return [*lines, *(Contested(SectionPart.BODY, each) for each in self.body.conflicts)]

    def text(self, wordings: Mapping[str, str]) -> SectionText:
        """The section with a wording for each contested unit, by its id.

        Raises ValueError for a unit without a wording, and for an id that there is not.
        """
        inner = {conflict.id for conflict in self.body.conflicts}
        if {each.conflict.id for each in self.contested} != set(wordings):
            raise ValueError("the wordings are not those of the contested units")
        return SectionText(
            title=_worded(self.title, wordings),
            body=self.body.resolved({id_: wordings[id_] for id_ in inner}),
            language=_worded(self.language, wordings),
        )


def compose(base: SectionText, yours: SectionText, theirs: SectionText) -> Composition:
    """Bring two versions of a section that were made from one together."""
    taken: list[TakenPart] = []
    title = _line(SectionPart.TITLE, base.title, yours.title, theirs.title, taken)
    language = _line(SectionPart.LANGUAGE, base.language, yours.language, theirs.language, taken)
    body = merge(base.body, yours.body, theirs.body)
    taken += [TakenPart(SectionPart.BODY, each) for each in body.taken]
    return Composition(title, language, body, tuple(taken))


def _line(
    part: SectionPart, base: str, yours: str, theirs: str, taken: list[TakenPart]
) -> str | Contested:
    if yours != base and theirs not in (base, yours):
        return Contested(part, _line_conflict(part, base, yours, theirs))
    merged = theirs if yours == base else yours
    if merged != base:
        side = Side.BOTH if yours == theirs else Side.THEIRS if yours == base else Side.YOURS
        taken.append(TakenPart(part, Taken(side, base, merged)))
    return merged


def _line_conflict(part: SectionPart, base: str, yours: str, theirs: str) -> Conflict:
    told = "\0".join([part, base, yours, theirs])
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Conflict(digest, ConflictKind.BOTH_EDITED, base, yours, theirs, "", "")


def _worded(line: str | Contested, wordings: Mapping[str, str]) -> str:
    return wordings[line.conflict.id] if isinstance(line, Contested) else line
