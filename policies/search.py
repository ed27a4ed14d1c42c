"""How instruments and practices are found by their texts."""

from collections.abc import Iterator

from platform_api.core.registry import SearchSource, SearchText, registry
from policies.instruments.models import Instrument
from policies.practices.models import Practice

_TOLD = (
    "summary",
    "problem",
    "context",
    "objectives",
    "actions",
    "implementing_entity",
    "target_group",
    "stakeholders",
    "results",
    "success_factors",
    "limiting_factors",
    "lessons",
    "transfer_conditions",
    "sustainability",
)


def _instrument(instrument: Instrument) -> Iterator[SearchText]:
    for language, title in instrument.titles.items():
        yield SearchText(language, title["title"], instrument.identifier)


def _practice(practice: Practice) -> Iterator[SearchText]:
    """The published text; a draft is its owner's and is not looked through."""
    version = practice.published_version
    if version is not None:
        told = (getattr(version, name) for name in _TOLD)
        body = "\n\n".join(text for text in told if text)
        yield SearchText(version.languages[0], version.title, body)


def register() -> None:
    """Tell the search of this app's sources."""
    registry.make_searchable(SearchSource(model=Instrument, texts=_instrument, route="instrument"))
    registry.make_searchable(
        SearchSource(
            model=Practice, texts=_practice, route="practice", related=("published_version",)
        )
    )
