"""A comparison as Chromium shows it: under its own policy, on screen and on paper."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from documents.comparing.page import Page, Side
from documents.comparing.sections import Passage, compare_sections

pytestmark = pytest.mark.browser


def _redline() -> Page:
    def passage(number: int, body: str) -> Passage:
        return Passage(UUID(int=number), None, str(number), 0, f"Chapter {number}", "en", body)

    long = "\n\n".join(f"A paragraph that stays, number {n}." for n in range(60))
    return Page(
        title="Manual",
        language="en",
        before=Side("Draft 1", None),
        after=Side("The text of now", None),
        marking="TLP:AMBER // REL TO ALB, SRB",
        sections=compare_sections(
            [passage(1, f"{long}\n\nIt is due in 30 days."), passage(2, "Old words.")],
            [
                passage(1, f"{long}\n\nIt is due in 15 days. <img src='https://x.example/p'>"),
                passage(2, "New words.\n\n<script>document.title = 'run'</script>"),
            ],
        ),
    )


def test_it_is_styled_led_through_and_asks_for_nothing(page: Any, shots: Path) -> None:
    redline = _redline()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(
            body=redline.html(),
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": redline.policy,
            },
        )

    page.route("**/*", answer)
    page.goto("https://platform.example/compare")
    page.screenshot(path=shots / "redline.png")

    def style(selector: str, name: str) -> str:
        script = "([element, name]) => getComputedStyle(element)[name]"
        return str(page.evaluate(script, [page.query_selector(selector), name]))

    assert style("main ins", "textDecorationLine") == "underline"
    assert style("main del", "textDecorationLine") == "line-through"
    assert style("p.added", "borderInlineStartStyle") == "solid"
    page.click("nav a >> text=Chapter 2")
    top = "document.querySelector('#s2').getBoundingClientRect().top < innerHeight"
    assert page.evaluate(top)
    assert page.title() == "Comparison: Manual"
    assert asked == ["https://platform.example/compare"]


def test_its_marking_is_on_every_printed_page(page: Any, shots: Path) -> None:
    redline = _redline()
    page.set_content(redline.html())
    page.emulate_media(media="print")
    page.screenshot(path=shots / "redline-print.png", full_page=True)

    rules = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules])"
        ".filter(rule => rule.type === CSSRule.PAGE_RULE).map(rule => rule.cssText)"
    )
    assert len(rules) == 1
    assert rules[0].count('content: "TLP:AMBER // REL TO ALB, SRB"') == 2
    assert page.locator(".marking").count() == 2
