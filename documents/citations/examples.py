"""What the OpenAPI document says of citations, with an example of the scenario's Manual."""

from typing import Any

from documents.texts.examples import OPERATIONS as TEXTS
from documents.texts.examples import TEXT_FIXED
from forums.examples import HOST, page
from platform_api.core.openapi import OperationDoc

Json = dict[str, Any]

_SECTION: Json = next(iter(TEXTS["sections_retrieve"].response.values()))
_INSTRUMENT_ID = "019cade2-11c0-7a11-9c5e-6a1d3c0b7e42"
_PLAIN: Json = {
    "id": "7d1d3f7e-2b7e-4a53-9d6a-52e8b4a0d9c1",
    "section": _SECTION["id"],
    "instrument": {
        "id": _INSTRUMENT_ID,
        "identifier": "Official Gazette of the RS, No. 52/2021",
        "titles": {"en": "Law on Gender Equality", "sr-Cyrl": "Закон о родној равноправности"},
        "url": f"{HOST}/instruments/{_INSTRUMENT_ID}",
    },
    "provision": "art_12__para_3",
    "as_of": "2024-06-27",
    "delegation": _SECTION["owner_delegation"],
    "cited_at": "2026-03-16T10:00:00Z",
}
_HIDDEN: Json = {**_PLAIN, "instrument": None}
_ITEM: Json = {**_PLAIN, "etag": '"1"'}

TAGS = {"citations": "Provisions of instruments that sections cite."}

OPERATIONS: dict[str, OperationDoc] = {
    "section_citations_list": OperationDoc(
        summary="List the citations of a section",
        description="In the order in which they came. An instrument that you do not see is null, "
        "whether it is hidden from you or not there; reading instruments needs `policies:read`.",
        response={"A law": page(_ITEM), "One out of sight": page({**_ITEM, "instrument": None})},
    ),
    "section_citations_create": OperationDoc(
        summary="Cite a provision in a section",
        description="The section cites a provision of an instrument that you see, as of a day or "
        "as it stands. It is for whoever may revise the section.",
        request={
            "A paragraph of a law": {
                "instrument": _INSTRUMENT_ID,
                "provision": "art_12__para_3",
                "as_of": "2024-06-27",
            }
        },
        response={"A law": {**_PLAIN, "abilities": {"delete": True}}},
        problems={
            403: {
                "not_owner": "You act for no seat that owns it.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: {"duplicate": "The section cites this already.", **TEXT_FIXED},
        },
    ),
    "citations_retrieve": OperationDoc(
        summary="Get a citation",
        description="What is cited, as far as you see it.",
        response={
            "A law": {**_PLAIN, "abilities": {"delete": True}},
            "One out of sight": {**_HIDDEN, "abilities": {"delete": False}},
        },
    ),
    "citations_delete": OperationDoc(
        summary="Take out a citation",
        description="The section no longer cites it. It is for whoever may revise the section.",
        problems={
            403: {
                "not_writer": "You may not revise the section.",
                "drafter_required": "Your seat may, but not in your role; a drafter may.",
            },
            409: TEXT_FIXED,
        },
    ),
}
