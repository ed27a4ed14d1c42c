"""An operator at work in the admin site, in a real browser against a real instance."""

import pytest

from .signing import demo, sign_in

pytestmark = pytest.mark.browser


def choose(page, field, text):
    """Choose the option of a select box whose label contains a text."""
    option = page.locator(f"#id_{field} option", has_text=text).first
    page.select_option(f"#id_{field}", value=option.get_attribute("value"))


def test_an_operator_seats_a_country_and_appoints_its_head(page, trial, shots):
    sign_in(page, trial, demo(trial)["admin"], shots)
    page.screenshot(path=shots / "1-index.png")

    page.goto(f"{trial.base_url}/admin/forums/delegation/add/")
    choose(page, "forum", "wb-mod")
    choose(page, "country", "Albania")
    page.fill("#id_time_zone", "Europe/Tirane")
    page.screenshot(path=shots / "2-seat.png", full_page=True)
    page.click("input[name=_save]")
    assert "AL in wb-mod" in page.locator(".messagelist").inner_text()
    page.screenshot(path=shots / "3-seated.png")

    page.goto(f"{trial.base_url}/admin/identity/user/add/")
    page.fill("#id_name", "Head of delegation, Ministry of Defence of Albania")
    page.fill("#id_email", "head.al@mod-al.example")
    page.click("input[name=_save]")

    page.goto(f"{trial.base_url}/admin/forums/delegate/add/")
    choose(page, "delegation", "AL in wb-mod")
    choose(page, "user", "Ministry of Defence of Albania")
    choose(page, "role", "head")
    page.screenshot(path=shots / "4-delegate.png", full_page=True)
    page.click("input[name=_save]")
    page.screenshot(path=shots / "5-delegates.png")
    assert (
        "Head of delegation, Ministry of Defence of Albania"
        in page.locator("#result_list").inner_text()
    )


def test_the_documentation_page_shows_every_operation(page, trial, shots):
    page.goto(f"{trial.base_url}/api/v1/docs")
    page.wait_for_selector("text=sections")
    page.screenshot(path=shots / "6-docs.png")

    assert "Regional Cooperation Platform" in page.title()
