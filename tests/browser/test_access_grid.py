"""An access manager at work in the grid, and what the API answers meanwhile."""

import json
import urllib.error
import urllib.request

import pytest

from tools.token import token

from .signing import demo, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(trial):
    """Serbia's access manager."""
    people = demo(trial)["people"]
    return next(person for person in people if person["party"] == "RS")


def ask(trial, client, path):
    """Status and body of a GET by a demo client."""
    request = urllib.request.Request(
        f"{trial.base_url}/api/v1/{path}",
        headers={"Authorization": f"Bearer {token(client, trial.demo)}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def open_cell(page, title, column):
    """Go to a cell as by keyboard: focus its link, press Enter. The id of the row's object."""
    row = page.locator("tr", has=page.locator("th[scope=row]", has_text=title)).first
    link = row.locator(f'td[id$="-{column}"] a')
    key = row.locator("td").first.get_attribute("id").partition("-country")[0]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_reason")
    return key


def submit(page, button, *, level="", until="", reason=""):
    """Fill the cell's form and press a button by keyboard."""
    if level:
        page.select_option("#id_level", level)
        page.fill("#id_until", until)
    page.fill("#id_reason", reason)
    page.focus(f"button[name={button}]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")


def fits(page):
    """No page is wider than its window: what is wide scrolls inside itself."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def may_revise(trial, client, key):
    """Whether a client sees a section; whether it may revise it."""
    status, body = ask(trial, client, f"sections/{key}")
    return status, bool(status == 200 and body["abilities"]["revise"])


def test_access_is_given_narrowed_and_withdrawn_in_the_grid(page, trial, manager, shots):
    bosnia = "Bosnia and Herzegovina drafter"
    sign_in(page, trial, manager, shots)
    page.screenshot(path=shots / "10-manager.png", full_page=True)
    page.click("text=Access by country and object")
    page.select_option("#id_forum", "wb-mod")
    page.select_option("#id_type", "section")
    page.click("button.default")
    page.screenshot(path=shots / "11-grid.png", full_page=True)

    key = open_cell(page, "Procedures", "country-BA")
    page.screenshot(path=shots / "12-cell.png", full_page=True)
    assert may_revise(trial, bosnia, key) == (404, False)
    submit(page, "give", level="draft", reason="Joint chapter on procedures")
    assert may_revise(trial, bosnia, key) == (200, True)
    cell = page.locator(f'[id="{key}-country-BA"]')
    assert "Joint chapter on procedures" in cell.inner_text()
    page.screenshot(path=shots / "13-given.png", full_page=True)

    open_cell(page, "Procedures", "country-BA")
    submit(page, "give", level="read", until="2030-01-31T12:00", reason="To be read only")
    assert may_revise(trial, bosnia, key) == (200, False)
    assert "until 2030-01-31 12:00" in cell.inner_text()
    for name, width, height in (("14-narrow", 320, 700), ("15-zoomed", 600, 450)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=shots / f"{name}-grid.png", full_page=True)
        assert fits(page)
    box = page.locator(".platform-grid-scroll")
    box.evaluate("box => box.scrollTo(200, 100)")
    header, corner = page.locator("thead th").nth(2), page.locator("thead th").first
    frame = box.bounding_box()
    assert abs(header.bounding_box()["y"] - frame["y"]) < 3
    assert abs(corner.bounding_box()["x"] - frame["x"]) < 3
    page.screenshot(path=shots / "16-scrolled.png", full_page=True)

    open_cell(page, "Procedures", "country-BA")
    page.set_viewport_size({"width": 360, "height": 700})
    assert fits(page)
    page.screenshot(path=shots / "17-narrow-cell.png", full_page=True)
    submit(page, "withdraw", reason="The chapter is finished")
    assert may_revise(trial, bosnia, key) == (404, False)
    assert "no access" in cell.inner_text()

    page.goto(f"{trial.base_url}/admin/sight/")
    page.select_option("#id_person", label=manager["name"].replace("Access manager", "Drafter"))
    page.select_option("#id_type", "section")
    with page.expect_navigation():
        page.click("button.default")
    assert fits(page)
    page.screenshot(path=shots / "18-narrow-sight.png", full_page=True)
    page.set_viewport_size({"width": 1200, "height": 900})
    page.screenshot(path=shots / "19-sight.png", full_page=True)


def test_an_operator_opens_an_object_by_break_glass(page, trial, manager, shots):
    _, found = ask(trial, "Serbia drafter", "documents")
    _, tree = ask(trial, "Serbia drafter", f"documents/{found['items'][0]['id']}/sections")
    key = next(section["id"] for section in tree["items"] if section["state"] == "private_drafting")
    sign_in(page, trial, demo(trial)["admin"], shots)
    page.goto(f"{trial.base_url}/admin/access/?forum=wb-mod&type=section")
    page.screenshot(path=shots / "20-operators-grid.png", full_page=True)
    page.goto(f"{trial.base_url}/admin/break-glass/")
    page.select_option("#id_type", "section")
    page.fill("#id_id", key)
    page.fill("#id_reason", "Asked for by Serbia: the editor shows an error")
    page.screenshot(path=shots / "21-break-glass.png", full_page=True)
    page.click("button.default")
    assert "Open until" in page.inner_text(".platform-warning")
    page.screenshot(path=shots / "22-opened.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 700})
    assert fits(page)
    page.screenshot(path=shots / "23-narrow-opened.png", full_page=True)
    with page.expect_navigation():
        page.click("button.default")
    assert fits(page)
    page.screenshot(path=shots / "24-narrow-openings.png", full_page=True)
