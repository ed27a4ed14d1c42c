"""What the OpenAPI document says of the search, with examples of the scenario's Manual."""

from typing import Any

from platform_api.core.openapi import OperationDoc

_SECTION = "6d76b07e-881e-4162-ae2e-b1547f150524"
_DOCUMENT = "019cade2-11c0-70be-96b4-cb244a23d596"
_HOST = "https://platform.example/api/v1"

_HITS: dict[str, Any] = {
    "items": [
        {
            "type": "document",
            "id": _DOCUMENT,
            "title": "Регионални приручник за сузбијање родно засноване дискриминације",
            "language": "sr-Cyrl",
            "highlight": {
                "text": "Регионални приручник за сузбијање родно засноване дискриминације",
                "ranges": [[50, 64]],
            },
            "url": f"{_HOST}/documents/{_DOCUMENT}",
        },
        {
            "type": "section",
            "id": _SECTION,
            "title": "Pravni osnov",
            "language": "cnr",
            "highlight": {
                "text": "…zabrana diskriminacije važi i u oružanim snagama.",
                "ranges": [[9, 23]],
            },
            "url": f"{_HOST}/sections/{_SECTION}",
        },
    ],
    "next": None,
    "previous": None,
    "count": {"value": 2, "capped": False},
}

TAGS = {"search": "One search over everything that you may see."}

OPERATIONS: dict[str, OperationDoc] = {
    "search_list": OperationDoc(
        summary="Search",
        description="Finds texts of all types and languages that you may see, best match first. "
        "Cyrillic and Latin, and letters with and without marks, are alike: `diskriminacija` finds "
        "„дискриминације“, `Arandjelovac` finds „Аранђеловац“, `1325` finds “S/RES/1325 (2000)”. "
        "The forms of a word find each other in Bosnian, Croatian, Montenegrin, Serbian, "
        "Macedonian, Albanian and English.\n\n"
        'All words are wanted; `"two words"` side by side, `-word` not at all. A search of nothing '
        "but signs, or of excluded words alone, finds nothing. `count` is always told; where it is "
        "`capped`, more matched than were ranked, and one word more will help. Types whose scope "
        "(`documents:read` and the like) your credential lacks are left out. Comments and "
        "amendments are found by those who read the section and are in their ring.",
        response={"„diskriminacija“, in both scripts": _HITS},
        problems={
            403: {"insufficient_scope": "A type was asked for that the credential may not read."}
        },
    )
}
