"""Edits of texts that people wrote come together: nothing lost, nothing doubled.

The README is always among them; MERGE_BASES names a folder of further texts.
"""

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.texts.wording.merging import merge
from documents.texts.wording.units import blocks, sentences

from .texts import MANY

FEWER = settings(MANY, max_examples=max(10, MANY.max_examples // 10))
"""Whole texts cost more than generated ones."""

_FOLDER = os.environ.get("MERGE_BASES", "")
BASES = [
    Path(__file__).resolve().parents[4] / "README.md",
    *(sorted(path for path in Path(_FOLDER).iterdir() if path.is_file()) if _FOLDER else ()),
]
_MARK = re.compile(r"(?:yy|tt)\d+\w")


def edited(text: str, name: str, generator: random.Random, edits: int) -> str:
    """A text in which somebody marked, added, removed, replaced and moved sentences and blocks.

    What is marked or added carries a mark of its own.
    """
    prefix, units = blocks(text)
    parts = [(unit.text, unit.space) for unit in units]
    for number in range(edits):
        if not parts:
            break
        at = generator.randrange(len(parts))
        body, space = parts[at]
        act = generator.choice(["mark", "mark", "mark", "add", "remove", "new", "drop", "move"])
        mark = f"{name}{number}m"
        if act == "new":
            _put(parts, at, f"A wholly new paragraph by {mark} stands here.")
        elif act == "drop":
            del parts[at]
        elif act == "move":
            del parts[at]
            _put(parts, generator.randrange(len(parts) + 1), body)
        elif body.startswith("```"):
            lines = body.split("\n")
            place = generator.randrange(1, len(lines))
            lines[place:place] = [f"# {mark}"] if act != "remove" else []
            parts[at] = ("\n".join(lines), space)
        else:
            held = [(one.text, one.space or " ") for one in sentences(body)]
            place = generator.randrange(len(held))
            if act == "mark":
                held[place] = (f"{held[place][0]} {mark}", held[place][1])
            elif act == "add":
                held.insert(place, (f"Added by {mark} here and now.", " "))
            elif len(held) > 1:
                del held[place]
            parts[at] = ("".join("".join(one) for one in held).rstrip(), space)
    return prefix + "".join(body + (space or "\n\n") for body, space in parts)


def _put(parts: list[tuple[str, str]], at: int, body: str) -> None:
    """Put a block between blank lines, so that it is one where it comes to stand."""
    if at:
        parts[at - 1] = (parts[at - 1][0], "\n\n")
    parts.insert(at, (body, "\n\n"))


@pytest.mark.parametrize("path", BASES, ids=lambda path: path.name[:12])
@FEWER
@given(seed=st.integers(0, 2**32), edits=st.integers(1, 25))
def test_whatever_is_chosen_no_edit_is_lost_and_none_is_doubled(path, seed, edits):
    base = path.read_text(encoding="utf-8")
    generator = random.Random(seed)
    yours, theirs = (edited(base, name, generator, edits) for name in ("yy", "tt"))
    merged = merge(base, yours, theirs)
    results = {
        side: merged.resolved({each.id: getattr(each, side) for each in merged.conflicts})
        for side in ("yours", "theirs")
    }
    for name, whole, side in (("yy", yours, "yours"), ("tt", theirs, "theirs")):
        told = Counter(re.findall(rf"{name}\d+m", results[side]))
        assert told == Counter(re.findall(rf"{name}\d+m", whole))
    for result in results.values():
        assert max(Counter(_MARK.findall(result)).values(), default=1) == 1
    if not merged.conflicts:
        assert results["yours"] == results["theirs"] == merged.text
    # A sentence that neither side touched, and that is in no dispute, stands as often as it did.
    known = [_counted(text) for text in (base, yours, theirs)]
    contested = [_counted(text) for c in merged.conflicts for text in (c.base, c.yours, c.theirs)]
    for sentence, count in known[0].items():
        if any(sentence in each for each in contested):
            continue
        if all(each[sentence] == count for each in known):
            for result in results.values():
                assert _counted(result)[sentence] == count, sentence


def _counted(text: str) -> Counter[str]:
    return Counter(each.text for unit in blocks(text)[1] for each in sentences(unit.text))


@pytest.mark.parametrize("path", BASES, ids=lambda path: path.name[:12])
@FEWER
@given(seed=st.integers(0, 2**32))
def test_the_offer_with_wordings_put_in_is_the_resolved_text(path, seed):
    base = path.read_text(encoding="utf-8")
    generator = random.Random(seed)
    merged = merge(base, *(edited(base, name, generator, 12) for name in ("yy", "tt")))
    wordings = {each.id: f"Settled {each.id}." for each in merged.conflicts}

    offered = [one if isinstance(one, str) else wordings[one.id] for one in merged.offer()]

    assert "".join(offered) == merged.resolved(wordings)
