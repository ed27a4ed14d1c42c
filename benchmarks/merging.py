"""The merge of a generated manual against ``git merge-file``, and of a section changed everywhere.

Edits of both sides are in different sentences, so that every conflict is a false one; for that no
sentence ends in a word so short that it may be an abbreviation, behind which a sentence goes on.
git is the program of the machine; it merges the same words one a line, which is its finest grain,
and by paragraphs as they stand. The time of either is the least of several, git's with its own
start and the reading of its files, ours without.
"""

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WORDS = 200_000
EDITS = 60
REPEATS = 9
SHORTEST_LAST_WORD = 6
SECTION_WORDS = 5_000


def measure(arguments: Sequence[str] = ()) -> dict[str, Any]:
    """The figures and their table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks merging")
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    generator = random.Random(options.seed)
    base = _manual(generator, options.words)
    rows = [
        {"edits": name, **_compared(base, *_edited(base, generator, apart))}
        for name, apart in (("of other paragraphs", True), ("of neighbouring sentences", False))
    ]
    figures = {"words": options.words, "rows": rows, "section": _everywhere(generator)}
    return {**figures, "table": _table(figures)}


Manual = list[list[str]]
"""Paragraphs of sentences."""


def _manual(generator: random.Random, words: int) -> Manual:
    vocabulary = ["".join(generator.choices("aeioubcdlmnprst", k=generator.randint(2, 9)))
                  for _ in range(6_000)]  # fmt: skip
    closing = [word for word in vocabulary if len(word) >= SHORTEST_LAST_WORD]
    manual: Manual = []
    while words > 0:
        sentences = []
        for _ in range(generator.randint(3, 7)):
            length = generator.randint(8, 25)
            words -= length
            chosen = [*generator.choices(vocabulary, k=length - 1), generator.choice(closing)]
            sentences.append(f"{' '.join(chosen).capitalize()}.")
        manual.append(sentences)
    return manual


def _edited(base: Manual, generator: random.Random, apart: bool) -> tuple[Manual, Manual]:
    """Both sides with a word more in each of their sentences, in paragraphs apart or in the same,
    next to each other."""
    yours, theirs = ([list(paragraph) for paragraph in base] for _ in range(2))
    places = generator.sample(range(len(base)), 2 * EDITS)
    for number in range(EDITS):
        mine = places[number]
        other = places[number + EDITS] if apart else mine
        yours[mine][0] = yours[mine][0].replace(".", " ours.")
        theirs[other][1] = f"Theirs {theirs[other][1]}"
    return yours, theirs


def _text(manual: Manual) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in manual) + "\n"


def _compared(base: Manual, yours: Manual, theirs: Manual) -> dict[str, Any]:
    from documents.texts.wording.merging import merge

    texts = [_text(each) for each in (base, yours, theirs)]
    merged = merge(*texts)
    whole = merged.resolved({each.id: f"{each.yours} {each.theirs}" for each in merged.conflicts})
    assert whole.count(" ours.") == whole.count("Theirs ") == EDITS, "an edit was lost or doubled"
    found: dict[str, Any] = {
        "ms": _milliseconds(lambda: merge(*texts)),
        "false_conflicts": len(merged.conflicts),
    }
    for name, split in (("words", True), ("lines", False)):
        with tempfile.TemporaryDirectory(prefix="rcp-bench-") as folder:
            paths = [Path(folder) / each for each in ("yours", "base", "theirs")]
            for path, text in zip(paths, (texts[1], texts[0], texts[2]), strict=True):
                lines = text.replace("\n\n", "\n¶\n").replace(" ", "\n") if split else text
                path.write_text(lines, encoding="utf-8")
            command = ["git", "merge-file", "-p", *map(str, paths)]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            found[f"git_{name}_false_conflicts"] = ran.stdout.count("\n<<<<<<< ")
            found[f"git_{name}_ms"] = _milliseconds(
                lambda command=command: subprocess.run(command, capture_output=True, check=False)
            )
    return found


def _everywhere(generator: random.Random) -> dict[str, Any]:
    """A section of which both sides changed every paragraph: apart, and in the same sentence."""
    from documents.texts.wording.merging import merge

    base = _manual(generator, SECTION_WORDS)
    mine = [[each[0].replace(".", " ours."), *each[1:]] for each in base]
    apart = [[*each[:-1], f"Theirs {each[-1]}"] for each in base]
    same = [[f"Theirs {each[0]}", *each[1:]] for each in base]
    texts = [_text(each) for each in (base, mine, apart, same)]
    return {
        "words": SECTION_WORDS,
        "paragraphs": len(base),
        "apart_ms": _milliseconds(lambda: merge(texts[0], texts[1], texts[2])),
        "apart_conflicts": len(merge(texts[0], texts[1], texts[2]).conflicts),
        "same_ms": _milliseconds(lambda: merge(texts[0], texts[1], texts[3])),
        "same_conflicts": len(merge(texts[0], texts[1], texts[3]).conflicts),
    }


def _milliseconds(work: Callable[[], Any]) -> float:
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return round(min(taken), 1)


def _table(figures: dict[str, Any]) -> str:
    ours = "| edits | ours | conflicts | git, a word a line | conflicts | ours × |"
    lines = [
        f"{figures['words']:,} words, {EDITS} edits a side; milliseconds and false conflicts",
        "",
        f"{ours} git, a paragraph a line | conflicts |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row['edits']} | {row['ms']} | {row['false_conflicts']} | {row['git_words_ms']} "
        f"| {row['git_words_false_conflicts']} | {row['ms'] / row['git_words_ms']:.1f} "
        f"| {row['git_lines_ms']} | {row['git_lines_false_conflicts']} |"
        for row in figures["rows"]
    ]
    section = figures["section"]
    told = (
        f"A section of {section['words']:,} words in {section['paragraphs']} paragraphs, every "
        f"one changed by both sides: {section['apart_ms']} ms in different sentences "
        f"({section['apart_conflicts']} conflicts), {section['same_ms']} ms in the same one "
        f"({section['same_conflicts']} conflicts, all real); bar 1,000 ms."
    )
    return "\n".join([*lines, "", told])
