"""The second factor: set up at the first sign-in, asked for at every other, each code once."""

import base64
import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from platform_api.core.clock import database_now
from platform_api.core.service import writing
from platform_api.identity.factors import codes
from platform_api.identity.factors.models import Factor, RecoveryCode
from platform_api.identity.factors.services import FREE_FAILURES, LONGEST_WAIT
from platform_api.ledger.models import Detail, Entry
from tests.factories import OperatorFactory, delegate

from .sessions import PASSWORD, enrolled, sign_in, signed_in

FACTOR = "/admin/factor/"


def present_step():
    return int(database_now().timestamp()) // codes.STEP_SECONDS


def code(key, off=0):
    return codes.code_at(key, present_step() + off)


def wrong(key):
    """Six digits that no neighbouring step has."""
    near = {code(key, off) for off in range(-3, 4)}
    return next(text for text in ("000000", "111111", "222222", "333333") if text not in near)


def give(client, text, **more):
    return client.post(FACTOR, {"code": text, **more})


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def operator(db):
    user = OperatorFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def waiting(operator):
    """An operator's session between password and code; the factor's key."""
    _, key = enrolled(operator)
    client = Client()
    assert sign_in(operator.email, PASSWORD, client).status_code == 302
    return client, key


def shown_key(page):
    text = re.search(r'id="factor-key">([A-Z2-7 ]+)<', page)[1]
    return base64.b32decode(text.replace(" ", ""))


def test_the_first_sign_in_sets_the_factor_up(operator):
    client = Client()
    sign_in(operator.email, PASSWORD, client)
    first = client.get("/admin/identity/user/", follow=True)
    page = first.content.decode()
    key = shown_key(page)
    assert first.redirect_chain[0][0] == f"{FACTOR}?next=%2Fadmin%2Fidentity%2Fuser%2F"
    assert "<svg viewBox=" in page.replace(' class="segno"', "").replace(
        ' xmlns="http://www.w3.org/2000/svg"', ""
    )
    assert "style=" not in page.split("<svg", 1)[1].split("</figure>", 1)[0]
    assert shown_key(client.get(FACTOR).content.decode()) == key
    before = client.session.session_key

    confirmed = give(client, code(key), next="/admin/identity/user/").content.decode()

    assert len(re.findall(r"<code>([A-Z2-7]{4}-){3}[A-Z2-7]{4}</code>", confirmed)) == 10
    assert 'href="/admin/identity/user/"' in confirmed
    assert client.session.session_key != before
    assert client.get("/admin/identity/user/").status_code == 200
    assert kinds()[-1] == "factor.enrolled"
    assert "<code>" not in client.get(FACTOR).content.decode()


def test_a_wrong_code_confirms_nothing(operator):
    client = signed_in(operator, verified=False)
    key = shown_key(client.get(FACTOR).content.decode())

    page = give(client, wrong(key)).content.decode()

    assert "not right" in page
    assert shown_key(page) == key
    assert Factor.objects.get(user=operator).confirmed_at is None
    assert client.get("/admin/").status_code == 302


def test_whoever_saw_the_key_in_another_session_gains_nothing(operator):
    thief, owner = (signed_in(operator, verified=False) for _ in range(2))
    seen = shown_key(thief.get(FACTOR).content.decode())

    own = shown_key(owner.get(FACTOR).content.decode())
    assert own != seen
    refused = give(thief, code(seen)).content.decode()
    assert "This key has ended" in refused
    third = shown_key(refused)
    restarted = give(owner, code(own)).content.decode()
    assert "This key has ended" in restarted
    assert shown_key(restarted) not in {own, seen, third}
    assert thief.get("/admin/").status_code == owner.get("/admin/").status_code == 302


def test_the_key_and_the_recovery_codes_are_not_readable_in_the_database(operator):
    client = signed_in(operator, verified=False)
    key = shown_key(client.get(FACTOR).content.decode())
    page = give(client, code(key)).content.decode()
    shown = re.findall(r"<code>([A-Z2-7-]{19})</code>", page)

    factor = Factor.objects.get(user=operator)
    kept = bytes(factor.sealed_key) + b"".join(
        bytes(row) for row in RecoveryCode.objects.values_list("code_hash", flat=True)
    )

    assert len(shown) == RecoveryCode.objects.count() == 10
    for text in [*shown, codes.key_text(key)]:
        plain = codes.typed(text)
        for form in (text.encode(), plain.encode(), base64.b32decode(plain)):
            assert form not in kept


def _urls(patterns, prefix="/admin/"):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _urls(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def test_without_the_code_a_session_reaches_no_page_at_all(waiting, table):
    client, _ = waiting
    stand_ins = (
        (r"<path:object_id>|<path:content_type_id>", str(table.serbia.pk)),
        (r"<[a-z_]+:[a-z_]+>", str(table.serbia.pk)),
        (r"\^\(\?P<app_label>[^)]*\)/\$", "forums/"),
        (r"\(\?P<url>\.\*\)\$", "anything"),
    )
    seen = 0
    for route in _urls(admin.site.urls[0]):
        url = route
        for pattern, text in stand_ins:
            url = re.sub(pattern, text, url)
        if url in {FACTOR, "/admin/login/", "/admin/logout/"}:
            continue
        for answer in (client.get(url), client.post(url, {"reason": "x"})):
            assert answer.status_code == 302, url
            assert answer.url.startswith(FACTOR), url
        seen += 1
    assert seen > 50


def test_logging_out_needs_no_code(waiting):
    client, _ = waiting

    client.post("/admin/logout/")

    assert client.get("/admin/").url.startswith("/admin/login/")


def test_the_right_code_opens_the_page_that_was_asked_for(waiting):
    client, key = waiting

    answer = give(client, f" {code(key)[:3]} {code(key)[3:]} ", next="/admin/forums/forum/")

    assert answer.url == "/admin/forums/forum/"
    assert client.get("/admin/forums/forum/").status_code == 200


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_nobody_is_sent_elsewhere_after_the_code(waiting, target):
    client, key = waiting

    assert give(client, code(key), next=target).url == "/admin/"


@pytest.mark.parametrize("off", [-1, 1])
def test_a_clock_may_be_off_by_one_step(operator, off):
    _, key = enrolled(operator)
    step = 1_000_000

    now = step * codes.STEP_SECONDS + 7
    assert codes.matching_step(key, codes.code_at(key, step + off), now=now, after=-1) == step + off
    assert codes.matching_step(key, codes.code_at(key, step + 2 * off), now=now, after=-1) is None


def test_the_codes_are_those_of_rfc_6238():
    key = b"12345678901234567890"

    # Appendix B gives eight digits, of which these are the last six.
    assert codes.code_at(key, 59 // 30) == "287082"
    assert codes.code_at(key, 1111111109 // 30) == "081804"
    assert codes.code_at(key, 20000000000 // 30) == "353130"


def test_a_code_is_taken_once(waiting, operator):
    client, key = waiting
    used = code(key)
    assert give(client, used).status_code == 302
    other = signed_in(operator, verified=False)

    assert "used before" in give(other, used).content.decode()
    assert other.get("/admin/").status_code == 302


def test_a_recovery_code_stands_in_for_the_app_once(operator):
    factor, _ = enrolled(operator)
    recovery = codes.new_recovery_code()
    with writing():
        RecoveryCode.objects.create(
            factor=factor, code_hash=codes.recovery_hash(recovery, factor.pk)
        )
    first, second = (signed_in(operator, verified=False) for _ in range(2))

    assert give(first, recovery.lower().replace("-", " ")).status_code == 302
    assert "used before" in give(second, recovery).content.decode()
    assert first.get("/admin/").status_code == 200
    assert kinds()[-1] == "factor.recovery_code_used"


def test_new_recovery_codes_end_the_old_ones(operator):
    client = signed_in(operator)
    old = re.findall(r"<code>([A-Z2-7-]{19})</code>", client.post(FACTOR).content.decode())
    new = re.findall(r"<code>([A-Z2-7-]{19})</code>", client.post(FACTOR).content.decode())
    other = signed_in(operator, verified=False)

    assert len({*old, *new}) == 20
    assert "not right" in give(other, old[0]).content.decode()
    assert give(other, new[0]).status_code == 302


def test_wrong_codes_cost_a_growing_wait_in_which_the_right_one_is_refused_too(waiting, operator):
    client, key = waiting
    bad = wrong(key)
    for _ in range(FREE_FAILURES):
        assert "Wait" not in give(client, bad).content.decode()

    assert "Wait 30 seconds" in give(client, bad).content.decode()
    assert "Wait" in give(client, code(key)).content.decode()
    assert client.get("/admin/").status_code == 302
    assert kinds().count("factor.blocked") == 1

    factor = Factor.objects.get(user=operator)
    assert factor.failures == FREE_FAILURES + 1
    factor.blocked_until = database_now() - timedelta(seconds=1)
    with writing():
        factor.save()
    assert "Wait 60 seconds" in give(client, bad).content.decode()

    factor.refresh_from_db()
    factor.blocked_until, factor.failures = database_now() - timedelta(seconds=1), 5000
    with writing():
        factor.save()
    longest = int(LONGEST_WAIT.total_seconds())
    assert f"Wait {longest} seconds" in give(client, bad).content.decode()


def test_the_right_code_after_the_wait_forgets_the_wrong_ones(waiting, operator):
    client, key = waiting
    for _ in range(FREE_FAILURES):
        give(client, wrong(key))

    assert give(client, code(key)).status_code == 302
    assert Factor.objects.get(user=operator).failures == 0


def test_another_persons_factor_does_not_open_the_session(operator):
    factor, _ = enrolled(OperatorFactory())
    enrolled(operator)
    client = signed_in(operator, verified=False)
    session = client.session
    session["factor"] = str(factor.pk)
    session.save()

    assert client.get("/admin/").url.startswith(FACTOR)


def test_a_lost_factor_is_removed_by_another_operator_with_a_reason(operator, operator_session):
    lost = signed_in(operator)
    url = reverse("admin:factor-removal", args=[operator.pk])
    assert f'href="{url}"' in operator_session.get("/admin/identity/user/").content.decode()
    before = kinds()

    unsaid = operator_session.post(url, {"reason": "  "}).content.decode()
    assert "This field is required" in unsaid
    assert kinds() == before
    assert lost.get("/admin/").status_code == 200

    assert operator_session.post(url, {"reason": "Phone lost, called back"}).status_code == 302
    assert kinds()[len(before) :] == ["factor.removed"]
    entry = Entry.objects.order_by("id").last()
    assert (entry.object_type, entry.object_id) == ("user", str(operator.pk))
    assert Detail.objects.get(entry=entry).payload == {"reason": "Phone lost, called back"}
    assert lost.get("/admin/").url.startswith(FACTOR)
    assert "QR code" in lost.get(FACTOR).content.decode()
    assert operator_session.post(url, {"reason": "Again"}).status_code == 404


def test_nobody_removes_their_own_factor(operator):
    client = signed_in(operator)
    url = reverse("admin:factor-removal", args=[operator.pk])

    assert client.post(url, {"reason": "Mine"}).status_code == 403
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["head", "access_manager"])
def test_only_operators_remove_factors(operator, table, role):
    enrolled(operator)
    client = signed_in(delegate(table.serbia, role).user)
    url = reverse("admin:factor-removal", args=[operator.pk])

    assert client.get(url).status_code == 403
    assert client.post(url, {"reason": "Please"}).status_code == 403
    assert Factor.objects.filter(user=operator).exists()


def test_the_last_operators_factor_is_removed_on_the_machine(operator, capsys):
    client = signed_in(operator)

    call_command("factor_remove", "--email", operator.email, "--reason", "Phone lost")

    assert "is removed" in capsys.readouterr().out
    assert kinds()[-1] == "factor.removed"
    assert client.get("/admin/").url.startswith(FACTOR)
    with pytest.raises(CommandError, match="no second factor"):
        call_command("factor_remove", "--email", operator.email, "--reason", "Phone lost")
