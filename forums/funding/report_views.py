"""Totals: where money came from, and where it went."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from platform_api.core.http.views import Act, ResourceViewSet

from .codes import Grouping
from .models import Project
from .reports import ExplainQuery, FundingTotals, SourcesQuery, TotalsQuery, shown
from .selectors import funding_report

READ = "funding:read"


class ProjectFundingViewSet(ResourceViewSet):
    """The funding sources of one project, with what each gave."""

    model = Project
    representation = FundingTotals
    acts: ClassVar[dict[str, Act]] = {
        "funding_sources": Act(ability="view", token_scope=READ, query=ExplainQuery),
    }

    def funding_sources(self) -> dict[str, Any]:
        projects = self.get_queryset().filter(pk=self.object.pk)
        return shown(
            funding_report(self.actor, Grouping.SOURCE, projects, explain=self.query["explain"])
        )


class FundingViewSet(ResourceViewSet):
    """Totals of all the projects that the caller sees, or of some."""

    model = Project
    representation = FundingTotals
    acts: ClassVar[dict[str, Act]] = {
        "sources": Act(ability="view", token_scope=READ, query=SourcesQuery),
        "totals": Act(ability="view", token_scope=READ, query=TotalsQuery),
    }

    def sources(self) -> dict[str, Any]:
        return self._report(Grouping.SOURCE)

    def totals(self) -> dict[str, Any]:
        return self._report(Grouping(self.query["group_by"]))

    def _report(self, grouping: Grouping) -> dict[str, Any]:
        report = funding_report(
            self.actor, grouping, self._projects(), explain=self.query["explain"]
        )
        return shown(report)

    def _projects(self) -> QuerySet[Project]:
        projects: QuerySet[Project] = self.get_queryset()
        if "project" in self.query:
            projects = projects.filter(pk=self.query["project"])
        if "forum" in self.query:
            projects = projects.filter(forum__slug=self.query["forum"])
        return projects
