"""How meetings and projects are found by their texts."""

from collections.abc import Iterator

from forums.funding.models import Project
from forums.meetings.models import Meeting
from platform_api.core.registry import SearchSource, SearchText, registry


def _meeting(meeting: Meeting) -> Iterator[SearchText]:
    for language, title in meeting.titles.items():
        yield SearchText(language, title, meeting.place)


def _project(project: Project) -> Iterator[SearchText]:
    for language, title in project.titles.items():
        described = project.descriptions.get(language, "")
        yield SearchText(language, title, f"{described}\n{project.identifier}".strip())


def register() -> None:
    """Tell the search of this app's sources."""
    registry.make_searchable(SearchSource(model=Meeting, texts=_meeting, route="meeting"))
    registry.make_searchable(SearchSource(model=Project, texts=_project, route="project"))
