"""Compared blocks as HTML: what was removed struck through, what came underlined. Pure.

Everything is escaped here. Characters that are not seen, or that turn the direction of what
follows, are shown by their numbers: nobody signs a text that reads otherwise than it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, takewhile

from documents.texts.wording.comparing import Change, ComparedBlock, Stretch, compare_words
from documents.texts.wording.effort import Effort

from .markdown import Form, Kind, Run, Style, form_of

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_TAGS = {Change.ADDED: "ins", Change.REMOVED: "del"}
_ELEMENTS = {
    Kind.PARAGRAPH: "p",
    Kind.HEADING: "p",
    Kind.ITEM: "p",
    Kind.QUOTE: "blockquote",
    Kind.CODE: "pre",
    Kind.NOTE: "p",
}
_STEPS = 5
"""What making out the emphasis of a character may cost, in steps of an effort."""
_TOGETHER = (Kind.ROW, Kind.DELIMITER)


def plain(text: str, *, changed: bool = False) -> str:
    """A text as HTML. changed: blanks that look like spaces are shown, too."""
    shown = _UNSEEN.sub(_numbered, escape(text))
    if changed:
        shown = _BLANKS.sub(_numbered, shown)
    return shown.replace("\n", "<br>")


def redlined(stretches: Iterable[Stretch]) -> str:
    """Words in which there is nothing to be set, such as a title."""
    return "".join(
        _changed(stretch.change, plain(stretch.text, changed=stretch.change is not Change.KEPT))
        for stretch in _readable(list(stretches))
    )


def blocks_html(blocks: Sequence[ComparedBlock], effort: Effort) -> str:
    """Compared blocks in their order; rows of a table stand together in one."""
    read = [each for block in blocks for each in _forms(block, effort)]
    out = []
    for together, group in groupby(read, key=lambda each: _kind(each) in _TOGETHER):
        pairs = list(group)
        out += [_table(pairs, effort)] if together else [_block(pair, effort) for pair in pairs]
    return "\n".join(out)


_Pair = tuple[Form | None, Form | None]
"""A block before and after; the same object twice where nothing changed."""


def _kind(pair: _Pair) -> Kind:
    form = pair[1] or pair[0]
    assert form is not None
    return form.kind


def _forms(block: ComparedBlock, effort: Effort) -> Iterator[_Pair]:
    """A block before and after; as two where it is no longer the same kind of block."""
    before, after = (
        "".join(stretch.text for stretch in block.stretches if stretch.change is not gone)
        for gone in (Change.ADDED, Change.REMOVED)
    )
    styled = effort.spend(_STEPS * (len(before) + len(after)))
    if block.change is Change.REMOVED:
        yield form_of(before, styled=styled), None
    elif block.change is Change.ADDED:
        yield None, form_of(after, styled=styled)
    elif before == after:
        same = form_of(after, styled=styled)
        yield same, same
    else:
        old, new = form_of(before, styled=styled), form_of(after, styled=styled)
        if _alike(old, new):
            yield old, new
        else:
            yield old, None
            yield None, new


def _alike(old: Form, new: Form) -> bool:
    """Whether what changed in a block is its words, which can be shown within it."""
    same = (old.kind, old.level, len(old.parts)) == (new.kind, new.level, len(new.parts))
    return same and (old.texts, old.marker) != (new.texts, new.marker)


def _block(pair: _Pair, effort: Effort) -> str:
    old, new = pair
    kind = _kind(pair)
    if kind is Kind.BREAK:
        return f'<hr class="{_fate(pair)}">'
    form = new or old
    assert form is not None
    marks = _marker(pair) if kind in (Kind.ITEM, Kind.NOTE) else ""
    classes = f"{kind} level-{form.level} {_fate(pair)}"
    element = _ELEMENTS[kind]
    role = f' role="heading" aria-level="{min(form.level + 3, 6)}"' if kind is Kind.HEADING else ""
    words = "".join(_parts(pair, effort))
    return f'<{element} dir="auto" class="{classes}"{role}>{marks}{words}</{element}>'


def _fate(pair: _Pair) -> str:
    old, new = pair
    if old is None or new is None:
        return "added" if old is None else "removed"
    return "kept" if old is new else "edited"


def _marker(pair: _Pair) -> str:
    old, new = pair
    before, after = old.marker if old else "", new.marker if new else ""
    if before == after or not (before and after):
        return f'<span class="marker">{_changed(_whole(pair), plain(after or before))}</span> '
    both = _changed(Change.REMOVED, plain(before)) + _changed(Change.ADDED, plain(after))
    return f'<span class="marker">{both}</span> '


def _whole(pair: _Pair) -> Change:
    old, new = pair
    if old is None or new is None:
        return Change.ADDED if old is None else Change.REMOVED
    return Change.KEPT


def _table(pairs: Sequence[_Pair], effort: Effort) -> str:
    rows = [pair for pair in pairs if _kind(pair) is Kind.ROW]
    headed = len(pairs) > 1 and _kind(pairs[1]) is Kind.DELIMITER
    out = []
    for index, pair in enumerate(rows):
        cell = "th" if headed and index == 0 else "td"
        cells = "".join(f'<{cell} dir="auto">{each}</{cell}>' for each in _parts(pair, effort))
        out.append(f'<tr class="{_fate(pair)}">{cells}</tr>')
    return f'<div class="wide"><table>{"".join(out)}</table></div>' if out else ""


def _parts(pair: _Pair, effort: Effort) -> Iterator[str]:
    old, new = pair
    if old is not None and new is not None and old is not new:
        for before, after in zip(old.parts, new.parts, strict=True):
            yield _edited(before, after, effort)
        return
    form = new or old
    assert form is not None
    for part in form.parts:
        yield _changed(_whole(pair), "".join(_set(run, _whole(pair)) for run in part))


def _edited(before: Sequence[Run], after: Sequence[Run], effort: Effort) -> str:
    """Words before and after, each in the style it has on its own side."""
    old, new = ("".join(run.text for run in runs) for runs in (before, after))
    if old == new and before != after:
        sides = ((Change.REMOVED, before), (Change.ADDED, after))
        return "".join(
            _changed(change, "".join(_set(run, change) for run in runs)) for change, runs in sides
        )
    out = []
    at = {Change.REMOVED: 0, Change.ADDED: 0}
    for stretch in _readable(list(compare_words(old, new, effort))):
        side = Change.REMOVED if stretch.change is Change.REMOVED else Change.ADDED
        runs = before if side is Change.REMOVED else after
        words = _cut(runs, at[side], at[side] + len(stretch.text))
        out.append(_changed(stretch.change, "".join(_set(run, stretch.change) for run in words)))
        for each in at:
            if stretch.change in (Change.KEPT, each):
                at[each] += len(stretch.text)
    return "".join(out)


def _readable(stretches: list[Stretch]) -> list[Stretch]:
    """Stretches without lone words kept between changes: those are read as part of the change."""
    out: list[Stretch] = []
    held = {Change.REMOVED: "", Change.ADDED: ""}

    def let_go() -> None:
        first, removed, added, last = _parted(held[Change.REMOVED], held[Change.ADDED])
        fates = (Change.KEPT, Change.REMOVED, Change.ADDED, Change.KEPT)
        texts = (first, removed, added, last)
        out.extend(Stretch(*each) for each in zip(fates, texts, strict=True) if each[1])
        held.update(dict.fromkeys(held, ""))

    final = len(stretches) - 1
    for index, stretch in enumerate(stretches):
        if stretch.change is not Change.KEPT:
            held[stretch.change] += stretch.text
        elif 0 < index < final and _is_lone(stretch.text):
            for change in held:
                held[change] += stretch.text
        else:
            let_go()
            out.append(stretch)
    let_go()
    return [
        Stretch(change, "".join(each.text for each in alike))
        for change, alike in groupby(out, key=lambda each: each.change)
    ]


def _parted(removed: str, added: str) -> tuple[str, str, str, str]:
    """The whole words that two wordings begin with alike, what is left of each, and their end."""
    old, new = _WORDS.findall(removed), _WORDS.findall(added)
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    low, high = old[first:], new[first:]
    backward = zip(reversed(low), reversed(high), strict=False)
    last = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backward))
    ends = len(low) - last, len(high) - last
    return (
        "".join(old[:first]),
        "".join(low[: ends[0]]),
        "".join(high[: ends[1]]),
        "".join(low[ends[0] :]),
    )


def _is_lone(text: str) -> bool:
    return len(text.split()) <= 1 and len(text.strip()) <= 4


def _cut(runs: Sequence[Run], low: int, high: int) -> Iterator[Run]:
    """The runs of text[low:high]."""
    at = 0
    for run in runs:
        end = at + len(run.text)
        if at < high and end > low:
            yield Run(run.text[max(low - at, 0) : high - at], run.styles)
        at = end


def _set(run: Run, change: Change) -> str:
    """Words in their styles."""
    out = plain(run.text, changed=change is not Change.KEPT)
    for style in reversed(run.styles):
        if style is Style.ADDRESS:
            out = f'<span class="address">{out}</span>'
        else:
            out = f"<{style}>{out}</{style}>"
    return out


def _changed(change: Change, words: str) -> str:
    tag = _TAGS.get(change)
    return f"<{tag}>{words}</{tag}>" if tag and words else words


def _numbered(match: re.Match[str]) -> str:
    return f'<span class="unseen">U+{ord(match.group()):04X}</span>'
