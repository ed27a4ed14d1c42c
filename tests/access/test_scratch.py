import pytest, uuid
from tests.factories import *
from tests.api import api
from tests.fixtures import table
from platform_api.core.actor import Level
pytestmark = pytest.mark.django_db

def show(tag, r):
    print(tag, r.status_code, r.content.decode()[:300])

def test_x(table):
    me = seat(table.forum, "ME")
    bg = seat(table.forum, "BG")
    doc = DocumentFactory(delegation=table.serbia, drafting_group=[table.albania])
    parent = SectionFactory(document=doc)
    child = SectionFactory(document=doc, parent=parent)
    # draft grant to Albania drafter
    grant(parent, table.albania, Level.DRAFT)
    al = delegate(table.albania, "drafter").user
    c = api(al)
    r = c.get(f"sections/{parent.pk}"); show("granted draft get", r)
    r2 = c.patch(f"sections/{parent.pk}", {"body": "x"}, if_match=r); show("granted draft patch", r2)
    # read grant on child alone
    sec2 = SectionFactory(document=doc); ch2 = SectionFactory(document=doc, parent=sec2)
    grant(ch2, table.albania, Level.READ)
    try:
        r = c.get(f"sections/{ch2.pk}"); show("granted child only", r)
    except Exception as e: print("EXC", repr(e))
    r = c.get(f"documents/{doc.pk}/sections"); print([i["id"] for i in r.json()["items"]], ch2.pk)
    # same forum outside group
    grant(sec2, bg, Level.READ)
    b = api(delegate(bg, "reader").user)
    show("same forum section grant", b.get(f"sections/{sec2.pk}"))
    # other forum doc grant
    o = api(delegate(table.montenegro, "reader").user)
    grant(doc, table.montenegro)
    show("other forum doc", o.get(f"documents/{doc.pk}"))
    show("other forum list", o.get("documents"))
    grant(doc, bg)
    show("same forum doc", b.get(f"documents/{doc.pk}"))
    # stale 412 vs 409
    h = api(delegate(table.serbia, "head").user)
    s3 = SectionFactory(document=doc, released=True)
    show("release stale", h.post(f"sections/{s3.pk}/release", {}, if_match="h1"))
    show("release fresh", h.post(f"sections/{s3.pk}/release", {}, if_match="1"))
    show("put", h.put(f"sections/{s3.pk}", {}))
    show("trace", h._django.generic("TRACE", f"/api/v1/sections/{s3.pk}", headers={"Authorization": f"Bearer {h.token}"}))
    show("options", h._django.generic("OPTIONS", f"/api/v1/sections/{s3.pk}", headers={"Authorization": f"Bearer {h.token}"}))
    show("head", h._django.head(f"/api/v1/sections/{s3.pk}", headers={"Authorization": f"Bearer {h.token}"}))
