"""The scenario's instruments and practices: what is told, and to whom."""

from forums.membership.models import ClientBinding
from platform_api.core.clock import database_now
from platform_api.scenario.loader import Loader
from policies.instruments.models import Instrument, LegalStatusEvent
from policies.practices.models import Practice, PracticeGrant
from tests.api import ApiClient, api


def reader(name):
    return api(ClientBinding.objects.get(client__name=f"{name} reader"))


def instrument(client, **query):
    (item,) = client.get("instruments", query).json()["items"]
    return item["id"]


def state(client, id_, on):
    told = client.get(f"instruments/{id_}/status", {"on": on}).json()
    return told["instrument_standing"]["state"], {p["country"]: p["state"] for p in told["parties"]}


def test_loading_again_changes_nothing(scenario):
    def counts():
        models = (Instrument, LegalStatusEvent, Practice, PracticeGrant)
        return [model.objects.count() for model in models]

    before = counts()
    Loader(progress=lambda step: None).load(renew_credentials=False)

    assert counts() == before == [21, 16, 2, 3]


def test_serbias_law_is_suspended_and_neither_in_force_nor_repealed(scenario):
    client = reader("Montenegro")
    law = instrument(client, country="RS", identifier="52/2021")

    assert state(client, law, "2024-06-26") == ("adopted", {})
    assert state(client, law, "2024-06-27") == ("execution_suspended", {})
    assert state(client, law, "2021-05-23") == (None, {})


def test_north_macedonias_law_was_annulled_and_readopted(scenario):
    client = reader("Serbia")
    law = instrument(client, country="MK", kind="law")
    days = ("2020-05-13", "2020-05-14", "2020-10-27", "2020-10-30")

    assert [state(client, law, day)[0] for day in days] == [
        None,
        "annulled",
        "readopted",
        "in_force",
    ]


def test_everybody_reads_that_turkiye_left_the_convention(scenario):
    convention = instrument(ApiClient(), kind="convention")

    assert state(ApiClient(), convention, "2021-06-30") == (None, {"TR": None})
    assert state(ApiClient(), convention, "2021-07-01") == (None, {"TR": "denounced"})


def test_days_that_are_not_known_are_not_made_up(scenario):
    items = ApiClient().get("instruments", {"kind": "resolution"}).json()["items"]

    dates = {item["identifier"]: item["date_document"] for item in items}
    assert len(dates) == 10
    assert dates["S/RES/1325 (2000)"] == "2000-10-31"
    assert dates["S/RES/1889 (2009)"] == "2009"
    assert dates["S/RES/2493 (2019)"] == "2019"


def test_north_macedonia_reads_montenegros_practice_and_croatia_does_not(scenario):
    macedonia, croatia, serbia = reader("North Macedonia"), reader("Croatia"), reader("Serbia")

    def titles(client):
        return {item["title"] for item in client.get("practices").json()["items"]}

    mechanisms = "Mechanisms for the application of gender policy"
    assert titles(macedonia) == {"Gender Coach Programme", mechanisms}
    assert titles(serbia) == {mechanisms}
    assert titles(croatia) == set()
    practice = Practice.objects.get(owner_country__code="ME")
    lineage = macedonia.get(f"practices/{practice.pk}/lineage").json()
    names = {node["id"]: node["organisation"] or node["country"] for node in lineage["nodes"]}
    assert {(names[e["source"]], names[e["target"]]) for e in lineage["edges"]} == {
        ("Swedish Armed Forces", "Western Balkans"),
        ("Western Balkans", "ME"),
    }
    assert croatia.get(f"practices/{practice.pk}").status_code == 404
    grant = PracticeGrant.objects.get(expires_at__isnull=False)
    assert 29 <= (grant.expires_at - database_now()).days < 30
