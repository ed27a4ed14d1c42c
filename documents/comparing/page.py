"""A comparison as one page that a person reads, prints or sends on. Pure.

It holds everything it needs and asks for nothing: no script, no picture, no font, no address that
leads out. Changes are told by lines, words and shapes, never by colour alone.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from documents.texts.wording.comparing import Change
from documents.texts.wording.effort import Effort

from .redline import blocks_html, plain, redlined
from .sections import EFFORT, ComparedSection, Passage, SectionChange, word_count

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_WHAT = {
    SectionChange.ADDED: "new",
    SectionChange.REMOVED: "removed",
    SectionChange.MOVED: "moved",
    SectionChange.RENAMED: "renamed",
    SectionChange.CHANGED: "text changed",
    SectionChange.LANGUAGE_CHANGED: "language changed",
}
_LEGEND = """<p class="legend"><span><ins>Underlined</ins>: added</span>
<span><del>Struck through</del>: removed</span>
<span>A bar beside a paragraph: <b>solid</b> new, <b>dashed</b> removed, <b>double</b> edited</span>
<span><span class="unseen">U+00A0</span>: a character that is not seen</span></p>"""


@dataclass(frozen=True, slots=True)
class Side:
    """One end as the page names it. at: when its text was made or last changed."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. language: of the title. marking: a line of header and footer, or empty.

    facts: further lines of the footer.
    """

    title: str
    language: str
    before: Side
    after: Side
    marking: str
    sections: Sequence[ComparedSection]
    facts: Sequence[str] = ()

    def html(self) -> str:
        """The whole page."""
        return "\n".join(self._lines())

    @property
    def policy(self) -> str:
        """The Content-Security-Policy that lets the page's own style in, and nothing else."""
        allowed = " ".join(_digest(style) for style in self._styles())
        return (
            f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'; sandbox"
        )

    def _styles(self) -> Iterator[str]:
        yield _STYLE
        if self.marking:
            yield _paged(self.marking)

    def _lines(self) -> Iterator[str]:
        effort = Effort(EFFORT)
        marking = f'<p class="marking">{plain(self.marking)}</p>' if self.marking else ""
        title = f'<bdi lang="{escape(self.language)}">{plain(self.title)}</bdi>'
        yield '<!doctype html>\n<html lang="en" dir="ltr">\n<head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="robots" content="noindex, noarchive">'
        yield f"<title>Comparison: {escape(self.title)}</title>"
        yield from (f"<style>{style}</style>" for style in self._styles())
        yield f"</head>\n<body>\n{marking}<header>\n<h1>{title}</h1>"
        yield '<dl class="ends">'
        yield from _end("Earlier", self.before)
        yield from _end("Later", self.after)
        yield f"</dl>\n{_LEGEND}\n</header>"
        yield from self._contents()
        yield "<main>"
        for index, section in enumerate(self.sections, 1):
            yield from _article(index, section, effort)
        yield "</main>\n<footer>"
        yield from (f"<p>{plain(fact)}</p>" for fact in self.facts)
        yield f"</footer>\n{marking}</body>\n</html>\n"

    def _contents(self) -> Iterator[str]:
        changed = [
            (index, section) for index, section in enumerate(self.sections, 1) if section.changes
        ]
        if not changed:
            yield '<nav aria-label="Changes"><h2>Nothing has changed.</h2></nav>'
            return
        count = "One section has changed" if len(changed) == 1 else f"{len(changed)} sections have"
        told = f"{count} changed" if len(changed) > 1 else count
        yield f'<nav aria-label="Changes"><h2>{told}, of {len(self.sections)}</h2>'
        yield (
            '<div class="wide"><table><thead><tr><th scope="col">No.</th>'
            '<th scope="col">Section</th><th scope="col">What</th>'
            '<th scope="col">Words added</th><th scope="col">Words removed</th></tr></thead><tbody>'
        )
        for index, section in changed:
            shown = section.shown
            yield (
                f'<tr><td>{plain(shown.number or "–")}</td><td><a href="#s{index}">'
                f'<bdi lang="{escape(shown.language)}">{plain(shown.title)}</bdi></a></td>'
                f"<td>{_told(section.changes)}</td>"
                f"<td>{word_count(section.blocks, Change.ADDED)}</td>"
                f"<td>{word_count(section.blocks, Change.REMOVED)}</td></tr>"
            )
        yield "</tbody></table></div></nav>"


def _end(word: str, side: Side) -> Iterator[str]:
    at = ""
    if side.at is not None:
        stamp = side.at.astimezone(UTC)
        at = f', <time datetime="{stamp.isoformat()}">{stamp:%-d %B %Y, %H:%M} UTC</time>'
    yield f"<dt>{word}</dt><dd><bdi>{plain(side.name)}</bdi>{at}</dd>"


def _article(index: int, section: ComparedSection, effort: Effort) -> Iterator[str]:
    shown = section.shown
    same = "" if section.changes else " same"
    number = _number(section.before, section.after)
    heading = f"{number}<bdi>{redlined(section.title)}</bdi>"
    yield f'<article id="s{index}" class="depth-{min(shown.depth, 3)}{same}">'
    yield f'<h2 dir="auto" lang="{escape(shown.language)}">{heading}</h2>'
    if not section.changes:
        yield "</article>"
        return
    marks = "".join(f"<b>{_WHAT[change]}</b>" for change in section.changes)
    yield f'<p class="what">{marks}{_languages(section)}</p>'
    if section.coarse:
        yield '<p class="note-on">Too long to be compared word by word.</p>'
    if section.blocks:
        yield f'<div lang="{escape(shown.language)}">{blocks_html(section.blocks, effort)}</div>'
    yield "</article>"


def _number(before: Passage | None, after: Passage | None) -> str:
    """The number of a section; where it has another one now, both."""
    old, new = before and before.number, after and after.number
    if before and after and old and new and old != new:
        return f'<span class="number"><del>{plain(old)}</del> <ins>{plain(new)}</ins></span>'
    return f'<span class="number">{plain(new or old or "")}</span>' if new or old else ""


def _languages(section: ComparedSection) -> str:
    if SectionChange.LANGUAGE_CHANGED not in section.changes:
        return ""
    assert section.before
    assert section.after
    return f"{plain(section.before.language)} → {plain(section.after.language)}"


def _told(changes: Iterable[SectionChange]) -> str:
    return ", ".join(_WHAT[change] for change in changes)


def _paged(marking: str) -> str:
    """The style that prints the marking on every page; its words are codes and keys alone."""
    words = "".join(c for c in marking if c.isalnum() or c in " :+,/-_")
    box = f'{{ content: "{words}"; font: 700 9pt sans-serif; }}'
    return f"@page {{ @top-center {box} @bottom-center {box} }}"


def _digest(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
