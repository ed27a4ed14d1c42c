"""What a mutant is, and what became of it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Mutant:
    """One thing that is broken on purpose.

    likely: tests that ought to notice: files, folders, single tests or the beginnings of their
    ids, in the order in which they are asked. further: asked when none of those noticed.

    One of three things is changed. sql, undo: run by a superuser on every database of a run.
    rule: a line of a rule table (``tools.mutants.rules``). path, old, new: a replacement in a
    source file, where ``old`` stands exactly once.
    """

    name: str
    likely: tuple[str, ...]
    further: tuple[str, ...] = ()
    sql: str = ""
    undo: str = ""
    rule: str = ""
    path: str = ""
    old: str = ""
    new: str = ""

    @property
    def digest(self) -> str:
        """The same for the same change, whichever tests are asked."""
        parts = (self.name, self.sql, self.rule, self.path, self.old, self.new)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]

    def dumps(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, line: str) -> Self:
        """A mutant from its line."""
        values: dict[str, Any] = json.loads(line)
        tests = {name: tuple(values[name]) for name in ("likely", "further")}
        return cls(**{**values, **tests})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant.

    noticed_by: the first test that failed; empty when none did. asked: how many tests were run.
    """

    digest: str
    noticed_by: str
    asked: int
    seconds: float

    def dumps(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, line: str) -> Self:
        """An outcome from its line."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Edit:
    """Fragments of one file or of some functions, each replaced in a mutant of its own.

    where: a file's path, or a pattern of names of database functions: functions that one template
    made are broken together. fragments: what it is, what stands there exactly once, and what
    stands there instead.
    """

    where: str
    likely: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...]
