"""The README's walk-through, run against a server of its own, gives what it shows."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"```(\w*)\n(.*?)```\n", re.DOTALL)
_MARK = "@@ end of block @@"


@dataclass(frozen=True)
class Step:
    """A block of commands and what the README shows of their output."""

    commands: str
    shown: str


def steps(text: str) -> list[Step]:
    """The ``bash`` blocks in order, each with the plain block right behind it."""
    found: list[Step] = []
    end = -1
    for block in _BLOCK.finditer(text):
        if block[1] == "bash":
            found.append(Step(block[2], ""))
            end = block.end()
        elif found and block.start() == end:
            found[-1] = Step(found[-1].commands, block[2])
            end = -1
    return found


def pattern(shown: str) -> re.Pattern[str]:
    """Matches an output that is as shown, with anything at all where an ellipsis stands."""
    return re.compile(re.escape(shown.strip()).replace("…", ".*?"), re.DOTALL)


@pytest.mark.readme
def test_the_walk_through_gives_what_the_readme_shows(trial):
    walk = steps((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(walk) >= 10
    script = "\n".join(f"{step.commands}\necho '{_MARK}'" for step in walk)
    script = script.replace("http://127.0.0.1:8000", trial.base_url)

    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env={**trial.environment, "DEMO": str(trial.demo)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    outputs = ran.stdout.split(f"{_MARK}\n")
    assert ran.stderr == ""
    assert len(outputs) == len(walk) + 1
    for step, output in zip(walk, outputs, strict=False):
        assert pattern(step.shown).fullmatch(output.strip()), (
            f"{step.commands}\ngave\n{output}\nand the README shows\n{step.shown}"
        )


def test_every_file_that_the_readme_links_to_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
