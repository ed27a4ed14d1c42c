"""Managing access in the access tests: what its routes answer, and bodies that are right."""

from collections.abc import Callable, Mapping
from typing import Any

_HEAD = "who                     object                 sends    answer\n"


def _rows(*rows: tuple[str, str, str]) -> str:
    return _HEAD + "\n".join(f"{who:<24}{'-':<23}{sends:<9}{answer}" for who, sends, answer in rows)


def _read(answer: str) -> str:
    """Heads and access managers; whoever manages nobody's access is refused."""
    return _rows(
        ("Serbia access_manager", "-", answer),
        ("Serbia head", "-", answer),
        ("manager client", "-", answer),
        ("Serbia drafter", "-", "403 access_manager_required"),
        ("client", "-", "403 access_manager_required"),
        ("operator", "-", "403 access_manager_required"),
        ("ended delegate", "-", "403 access_manager_required"),
        ("reading manager client", "-", "403 insufficient_scope"),
        ("nobody", "-", "401 not_authenticated"),
    )


def _of_one_object(answer: str) -> str:
    """Who sees the object and does not keep it is refused; to others it is absent."""
    return "\n".join(
        [
            _read(answer),
            f"{'Albania head':<24}{'-':<23}{'-':<9}403 not_keeper",
            f"{'Bulgaria access_manager':<24}{'-':<23}{'-':<9}404 not_found",
            f"{'Montenegro head':<24}{'-':<23}{'-':<9}404 not_found",
        ]
    )


def _write(answer: str, hidden: str) -> str:
    return _rows(
        ("Serbia access_manager", "good", answer),
        ("Serbia head", "good", answer),
        ("manager client", "good", answer),
        ("Serbia access_manager", "bad", "400 invalid"),
        ("Serbia access_manager", "-", "400 invalid"),
        ("Serbia drafter", "good", "403 access_manager_required"),
        ("Albania head", "good", hidden),
        ("Bulgaria access_manager", "good", "400 invalid"),
        ("Montenegro head", "good", "400 invalid"),
        ("reading manager client", "good", "403 insufficient_scope"),
        ("operator", "good", "403 access_manager_required"),
        ("nobody", "good", "401 not_authenticated"),
    )


ROWS: dict[str, str] = {
    "access-explain GET": "\n".join(
        [
            _read("200"),
            f"{'Albania head':<24}{'-':<23}{'-':<9}400 invalid",
        ]
    ),
    "access-who-can GET": _of_one_object("200"),
    "access-matrix GET": "\n".join(
        [
            _read("200 some"),
            f"{'secretariat head':<24}{'-':<23}{'-':<9}200 some",
            f"{'Bulgaria access_manager':<24}{'-':<23}{'-':<9}200 none",
        ]
    ),
    "access-grants GET": "\n".join(
        [
            _of_one_object("200 some"),
            f"{'secretariat head':<24}{'-':<23}{'-':<9}200 some",
            f"{'granted read, manager':<24}{'-':<23}{'-':<9}200 some",
        ]
    ),
    "access-grants POST": "\n".join(
        [
            _write("201", "403 not_keeper"),
            f"{'secretariat head':<24}{'-':<23}{'good':<9}403 not_keeper",
        ]
    ),
    "access-grants-end POST": "\n".join(
        [
            _write("204", "403 not_keeper"),
            f"{'secretariat head':<24}{'-':<23}{'good':<9}204",
            f"{'granted read, manager':<24}{'-':<23}{'good':<9}204",
        ]
    ),
    "access-grants-bulk POST": _write("200", "400 invalid"),
}


def queries(world: Any) -> Mapping[str, str]:
    """What has to be asked, by route and method: of Serbia's national document."""
    document = f"object=document:{world.id('document: national')}"
    return {
        "access-explain GET": f"?{document}&subject=delegation:{world.seats['Serbia'].pk}",
        "access-who-can GET": f"?{document}&ability=revise",
        "access-matrix GET": "?type=document",
        "access-grants GET": f"?{document}",
    }


def bodies(world: Any) -> Mapping[str, Callable[[], dict[str, Any]]]:
    """Bodies that are right in every respect, by route and method."""
    document = world.id("document: national")
    named = {"type": "document", "id": str(document)}
    croatia = {"delegation": str(world.seats["granted read"].pk)}
    return {
        "access-grants POST": lambda: {"object": named, **croatia},
        "access-grants-end POST": lambda: {"object": named, **croatia},
        "access-grants-bulk POST": lambda: {
            "type": "document",
            "objects": [str(document)],
            "holders": [croatia],
        },
    }
