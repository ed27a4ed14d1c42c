"""What the OpenAPI document says of the operations of forums, with examples of the scenario."""

from typing import Any

from platform_api.core.openapi import OperationDoc

HOST = "https://platform.example/api/v1"
FORUM = "019c1d6b-57a0-752e-9a6a-3a456513270e"
SEAT_BA = "019c1d6b-57a0-70c5-8892-f902d23f0824"
SEAT_ME = "019c1d6b-57a0-7181-a0ed-90479531985d"
SEAT_MK = "019c1d6b-57a0-7e8e-9160-0a35099950d8"
SEAT_RS = "019c1d6b-57a0-76f0-b3d9-c17211e20b8f"
SEAT_SEESAC = "019c1d6b-57a0-7173-bd3a-c94a0f21ddb6"
_OFFICE = "019c1d6b-57a0-790c-8392-6305f28c105d"
_PERSON = "019c1d6b-57a0-7a17-895e-60af93bd04cf"
_DELEGATE = "019c1d6b-57a0-7658-8389-8d19f9ebdacc"

Json = dict[str, Any]


def page(*items: Json, following: str | None = None) -> Json:
    """The envelope of a page of items."""
    return {"items": list(items), "next": following, "previous": None}


def item(detail: Json, etag: str | None = None) -> Json:
    """A detail as a list shows it."""
    members = {name: value for name, value in detail.items() if name != "abilities"}
    return members | ({"etag": etag} if etag else {})


_COUNTRY: Json = {
    "code": "MK",
    "alpha3": "MKD",
    "names": {"en": "North Macedonia", "mk": "Северна Македонија", "sq": "Maqedonia e Veriut"},
    "user_assigned": False,
    "aliases": [
        {
            "name": "The former Yugoslav Republic of Macedonia",
            "language": "en",
            "valid_until": "2019-02-12",
        }
    ],
}
_LANGUAGE: Json = {
    "tag": "sr-Cyrl",
    "names": {"en": "Serbian (Cyrillic)", "sr-Cyrl": "српски (ћирилица)"},
    "script": "Cyrl",
    "alphabet": list("абвгдђежзијклљмнњопрстћуфхцчџш"),
}
_ORGANISATION: Json = {
    "key": "mod-rs",
    "kind": "ministry_of_defence",
    "country": "RS",
    "parent": None,
    "names": {"en": "Ministry of Defence of Serbia", "sr-Cyrl": "Министарство одбране Србије"},
    "acronym": "",
    "identifiers": [],
    "aliases": [],
}
_FORUM_SUMMARY: Json = {
    "id": FORUM,
    "slug": "wb-mod",
    "names": {"en": "Western Balkans Working Group of Ministries of Defence"},
    "working_languages": ["en", "bs", "hr", "cnr", "mk", "sq", "sr-Cyrl", "sr-Latn"],
}
_FORUM: Json = {
    **_FORUM_SUMMARY,
    "mandate": {
        "en": "Brings together the Ministries of Defence of Bosnia and Herzegovina, Montenegro, "
        "North Macedonia and Serbia to exchange experience and to prepare joint texts."
    },
    "decision_rule": "silence",
    "silence_hours": 72,
    "number_pattern": "WB-MOD/{year}/{seq:03d}",
    "four_eyes": True,
    "abilities": {},
}
_SEAT: Json = {
    "id": SEAT_RS,
    "forum": "wb-mod",
    "country": "RS",
    "organisation": None,
    "names": {"en": "Serbia", "sr-Cyrl": "Србија", "sr-Latn": "Srbija"},
    "represented_by": "mod-rs",
    "status": "member",
    "voting": True,
    "since": None,
    "until": None,
    "designation": "",
    "designation_footnote": "",
    "time_zone": "Europe/Belgrade",
    "abilities": {
        "list_delegates": True,
        "manage_delegates": False,
        "suspend": False,
        "see_exposure": False,
    },
}
_SECRETARIAT: Json = {
    "id": _OFFICE,
    "kind": "secretariat",
    "delegation": SEAT_SEESAC,
    "country": None,
    "organisation": "undp-seesac",
    "since": "2019-01-01",
    "until": None,
}
_DRAFTER: Json = {
    "id": _DELEGATE,
    "delegation": SEAT_RS,
    "user": {
        "id": _PERSON,
        "name": "Drafter, Ministry of Defence of Serbia",
        "email": "drafter.rs@mod-rs.example",
    },
    "role": "drafter",
    "valid_from": "2026-02-02T08:15:00Z",
    "valid_until": None,
    "guest": False,
    "abilities": {"end": True},
}

TAGS = {
    "countries": "Countries by their ISO 3166-1 alpha-2 codes.",
    "delegates": "People who act for a seat in a role, for a time.",
    "delegations": "Seats: a country or an organisation in a forum, or its home seat.",
    "forums": "Tables at which countries and organisations sit, with their rules of procedure.",
    "languages": "Languages and scripts that texts are written in.",
    "organisations": "Ministries, armed forces, international organisations and donors.",
}

OPERATIONS: dict[str, OperationDoc] = {
    "countries_list": OperationDoc(
        summary="List countries",
        description="Countries in the order of their codes, with names in the platform's "
        "languages and the names they had. `ids` takes codes.",
        response={"One country with a former name": page(item(_COUNTRY, '"1"'))},
    ),
    "countries_retrieve": OperationDoc(
        summary="Get a country",
        description="The country with this ISO 3166-1 alpha-2 code. XK is taken as user-assigned "
        "and marked so.",
        response={"North Macedonia": _COUNTRY},
    ),
    "languages_list": OperationDoc(
        summary="List content languages",
        description="Languages and scripts that texts may be written in, by their BCP 47 tags. "
        "`ids` takes tags.",
        response={"Serbian in Cyrillic script": page(item(_LANGUAGE, '"1"'))},
    ),
    "languages_retrieve": OperationDoc(
        summary="Get a content language",
        description="The language and script with this BCP 47 tag, and its alphabet in sorting "
        "order.",
        response={"Serbian in Cyrillic script": _LANGUAGE},
    ),
    "organisations_list": OperationDoc(
        summary="List organisations",
        description="Organisations in the order of their keys. `ids` takes keys.",
        response={"A ministry": page(item(_ORGANISATION, '"1"'))},
    ),
    "organisations_retrieve": OperationDoc(
        summary="Get an organisation",
        description="The organisation with this key, with its names and identifiers.",
        response={"A ministry": _ORGANISATION},
    ),
    "forums_list": OperationDoc(
        summary="List your forums",
        description="The forums in which you have a seat; all of them for an operator. `ids` takes "
        "slugs.",
        response={"One forum": page(item(_FORUM_SUMMARY, '"1"'))},
    ),
    "forums_retrieve": OperationDoc(
        summary="Get a forum",
        description="The forum with its mandate, working languages and rules of procedure.",
        response={"The working group that writes the Manual": _FORUM},
    ),
    "forum_delegations_list": OperationDoc(
        summary="List the seats of a forum",
        description="Every seat in the order of their making, those that have ended among them.",
        response={"The seat of Serbia": page(item(_SEAT, '"1"'))},
    ),
    "forum_offices_list": OperationDoc(
        summary="List who holds the offices of a forum",
        description="Who holds, held and will hold the chair and the secretariat, by first day.",
        response={"The secretariat": page(_SECRETARIAT)},
    ),
    "delegations_retrieve": OperationDoc(
        summary="Get a seat",
        description="The seat with its party, status and time zone.",
        response={"The seat of Serbia": _SEAT},
    ),
    "delegation_delegates_list": OperationDoc(
        summary="List who acts for a seat",
        description="Newest first. Told to those who act for the seat, and to operators.",
        response={"A drafter": page(item(_DRAFTER, '"1"'))},
    ),
    "delegation_delegates_create": OperationDoc(
        summary="Appoint a delegate",
        description="Lets a person act for the seat in a role, from now or later, for a time or "
        "until it is ended. The seat's access manager appoints; an operator appoints heads and "
        "access managers only. A guest is a reader whose time has an end, within a year.",
        request={
            "A drafter from now on": {"user": "drafter.rs@mod-rs.example", "role": "drafter"},
            "A guest for a month": {
                "user": "guest@university.example",
                "role": "reader",
                "guest": True,
                "valid_from": "2026-03-01T00:00:00Z",
                "valid_until": "2026-04-01T00:00:00Z",
            },
        },
        response={"A drafter from now on": _DRAFTER},
        problems={
            403: {
                "own_role": "Nobody gives a role to themselves.",
                "seat_decides": "An operator appoints heads and access managers only.",
            },
            409: {
                "seat_ended": "The seat will have ended by then.",
                "already_held": "The person holds this role in that time.",
            },
        },
    ),
    "delegates_retrieve": OperationDoc(
        summary="Get a delegate",
        description="Who acts for the seat, in which role and for how long.",
        response={"A drafter": _DRAFTER},
    ),
    "delegates_end": OperationDoc(
        summary="End a delegate's time",
        description="The person acts for the seat no longer, from this moment; nothing that was "
        "done before changes.",
        response={
            "A drafter whose time has ended": _DRAFTER
            | {"valid_until": "2026-06-30T16:00:00Z", "abilities": {"end": False}}
        },
        problems={409: {"already_ended": "The delegate's time has ended."}},
    ),
}
