"""The funding part of the access tests: objects, good bodies, expected decisions and answers.

Serbia owns a project that the forum reads and one at home, on which the same seats hold grants
as on every other object. Albania and Croatia have a transaction of their own in them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from forums.membership.models import Delegation
from tests.factories import (
    BudgetFactory,
    OrganisationFactory,
    ParticipatingOrganisationFactory,
    ProjectFactory,
    TransactionFactory,
)


def objects(
    seats: Mapping[str, Delegation], grant_to_all: Callable[[Any, Mapping[str, Delegation]], None]
) -> dict[str, Any]:
    """The objects of funding by ``type: state``."""
    shared = ProjectFactory(delegation=seats["Serbia"], shares={"AL": "50"})
    home = ProjectFactory(delegation=seats["Serbia"], visibility="home")
    decoy = ProjectFactory(delegation=seats["Montenegro"])
    grant_to_all(home, seats)
    OrganisationFactory(key="donor")
    return {
        "project: forum": shared,
        "project: home": home,
        "project: decoy": decoy,
        "participating_organisation: ": ParticipatingOrganisationFactory(project=shared),
        "recipient_share: ": shared.recipient_shares.get(),
        "budget: ": BudgetFactory(project=shared),
        "transaction: common": TransactionFactory(project=shared),
        "transaction: national": TransactionFactory(project=shared, recipient_country="AL"),
        "transaction: national at home": TransactionFactory(project=home, recipient_country="HR"),
        "transaction: decoy": TransactionFactory(project=decoy),
    }


def good_bodies(seats: Mapping[str, Delegation]) -> dict[str, Any]:
    """Bodies that are right in every respect, by route and method."""
    return {
        "projects POST": {
            "delegation": str(seats["Serbia"].pk),
            "identifier": "XM-NEW",
            "titles": {"en": "A project"},
            "status": "1",
        },
        "project PATCH": {"status": "4"},
        "project-participating-organisations POST": {"role": "2", "organisation": "donor"},
        "project-budgets POST": {
            "period_start": "2024-01-01",
            "period_end": "2024-12-31",
            "value": "5.00",
            "currency": "EUR",
        },
        "project-transactions POST": {
            "type": "3",
            "amount": "5.00",
            "currency": "EUR",
            "transaction_date": "2024-01-01",
        },
        "transaction PATCH": {"ref": "A"},
    }


DECISIONS: dict[str, str] = {}

# The whole forum reads it; its owner's drafters write it and the head says who reads it.
DECISIONS["project: forum"] = """
                        view               revise             add_transaction    share              manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes                yes
Albania reader          yes                not_owner          not_owner          not_owner          not_keeper
Albania drafter         yes                not_owner          not_owner          not_owner          not_keeper
Albania head            yes                not_owner          not_owner          not_owner          not_keeper
Bulgaria reader         yes                not_owner          not_owner          not_owner          not_keeper
Bulgaria drafter        yes                not_owner          not_owner          not_owner          not_keeper
Bulgaria head           yes                not_owner          not_owner          not_owner          not_keeper
observer head           yes                not_owner          not_owner          not_owner          not_keeper
secretariat reader      yes                not_owner          not_owner          not_owner          not_keeper
secretariat head        yes                not_owner          not_owner          not_owner          not_keeper
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_owner          not_keeper
grant expired, head     yes                not_owner          not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

# At home a grant shows it; no grant lets others write what the owner reports.
DECISIONS["project: home"] = """
                        view               revise             add_transaction    share              manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes                yes
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_owner          not_keeper
granted by country      yes                not_owner          not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

DECISIONS["project: decoy"] = """
                        view      revise    add_transaction share     manage_access
Montenegro head         yes       yes       yes             yes       yes
Serbia head elsewhere   yes       not_owner not_owner       not_owner not_keeper
granted by country      yes       not_owner not_owner       not_owner not_keeper
everyone else           not_found not_found not_found       not_found not_found
"""

_PART = """
                        view               remove
Serbia reader           yes                drafter_required
Serbia drafter          yes                yes
Serbia head             yes                yes
Serbia head, author     yes                yes
Albania reader          yes                not_owner
Albania drafter         yes                not_owner
Albania head            yes                not_owner
Bulgaria reader         yes                not_owner
Bulgaria drafter        yes                not_owner
Bulgaria head           yes                not_owner
observer head           yes                not_owner
secretariat reader      yes                not_owner
secretariat head        yes                not_owner
granted read, head      yes                not_owner
granted draft, reader   yes                not_owner
granted draft, drafter  yes                not_owner
granted manage, head    yes                not_owner
grant expired, head     yes                not_owner
client                  yes                yes
reading client          insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope
everyone else           not_found          not_found
"""
DECISIONS["participating_organisation: "] = DECISIONS["budget: "] = _PART
DECISIONS["recipient_share: "] = "\n".join(
    " ".join(row.split()[:-1]) for row in _PART.splitlines() if row.strip()
)

# Without a country: as the project.
DECISIONS["transaction: common"] = """
                        view               revise             remove
Serbia reader           yes                drafter_required   drafter_required
Serbia drafter          yes                yes                yes
Serbia head             yes                yes                yes
Serbia head, author     yes                yes                yes
Albania reader          yes                not_owner          not_owner
Albania drafter         yes                not_owner          not_owner
Albania head            yes                not_owner          not_owner
Bulgaria reader         yes                not_owner          not_owner
Bulgaria drafter        yes                not_owner          not_owner
Bulgaria head           yes                not_owner          not_owner
observer head           yes                not_owner          not_owner
secretariat reader      yes                not_owner          not_owner
secretariat head        yes                not_owner          not_owner
granted read, head      yes                not_owner          not_owner
granted draft, reader   yes                not_owner          not_owner
granted draft, drafter  yes                not_owner          not_owner
granted manage, head    yes                not_owner          not_owner
grant expired, head     yes                not_owner          not_owner
client                  yes                yes                yes
reading client          insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found
"""

# With one: the owner, and that country alone.
DECISIONS["transaction: national"] = """
                        view               revise             remove
Serbia reader           yes                drafter_required   drafter_required
Serbia drafter          yes                yes                yes
Serbia head             yes                yes                yes
Serbia head, author     yes                yes                yes
Albania reader          yes                not_owner          not_owner
Albania drafter         yes                not_owner          not_owner
Albania head            yes                not_owner          not_owner
client                  yes                yes                yes
reading client          insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found
"""

# A grant on the project opens to a country what is its own, and to the other grantees nothing.
DECISIONS["transaction: national at home"] = """
                        view               revise             remove
Serbia reader           yes                drafter_required   drafter_required
Serbia drafter          yes                yes                yes
Serbia head             yes                yes                yes
Serbia head, author     yes                yes                yes
granted read, head      yes                not_owner          not_owner
client                  yes                yes                yes
reading client          insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found
"""

DECISIONS["transaction: decoy"] = """
                        view               revise             remove
Montenegro head         yes                yes                yes
Serbia head elsewhere   yes                not_owner          not_owner
granted by country      yes                not_owner          not_owner
everyone else           not_found          not_found          not_found
"""


ANSWERS: dict[str, str] = {}

ANSWERS["projects GET"] = """
who                     object                          sends    answer
Serbia reader           -                               -        200 some
Bulgaria reader         -                               -        200 some
Montenegro head         -                               -        200 some
Serbia access_manager   -                               -        200 none
operator                -                               -        200 none
client of another area  -                               -        403 insufficient_scope
nobody                  -                               -        401 not_authenticated
"""

ANSWERS["projects POST"] = """
who                     object                          sends    answer
Serbia drafter          -                               good     201
client                  -                               good     201
Serbia drafter          -                               bad      400 invalid
Serbia reader           -                               good     403 drafter_required
Albania head            -                               good     403 drafter_required
Montenegro head         -                               good     400 invalid
client of another area  -                               good     403 insufficient_scope
nobody                  -                               good     401 not_authenticated
"""

ANSWERS["project GET"] = """
who                     object                          sends    answer
Albania reader          project: forum                  -        200
granted read, head      project: home                   -        200
granted by country      project: home                   -        200
Albania head            project: home                   -        404 not_found
grant expired, head     project: home                   -        404 not_found
operator                project: forum                  -        404 not_found
Serbia head             project: decoy                  -        404 not_found
Serbia reader           absent                          -        404 not_found
client of another area  project: forum                  -        403 insufficient_scope
nobody                  project: forum                  -        401 not_authenticated
"""

ANSWERS["project PATCH"] = """
who                     object                          sends    answer
Serbia drafter          project: home                   good     200
Serbia drafter          project: forum                  no etag  428 precondition_required
Serbia drafter          project: forum                  stale    412 precondition_failed
Serbia drafter          project: forum                  bad      400 invalid
Serbia reader           project: forum                  no etag  403 drafter_required
Albania head            project: forum                  good     403 not_owner
granted manage, head    project: home                   good     403 not_owner
client of another area  project: forum                  good     403 insufficient_scope
Bulgaria head           project: home                   no etag  404 not_found
Serbia drafter          absent                          good     404 not_found
nobody                  project: forum                  good     401 not_authenticated
"""

_OF_PROJECT_GET = """
who                     object                          sends    answer
Albania reader          project: forum                  -        200 some
Albania reader          project: home                   -        404 not_found
Serbia reader           absent                          -        404 not_found
client of another area  project: forum                  -        403 insufficient_scope
nobody                  project: forum                  -        401 not_authenticated
"""
_OF_PROJECT_POST = """
who                     object                          sends    answer
Serbia drafter          project: forum                  good     201
Serbia drafter          project: forum                  bad      400 invalid
Serbia reader           project: forum                  good     403 drafter_required
Albania head            project: forum                  good     403 not_owner
granted manage, head    project: home                   good     403 not_owner
client of another area  project: forum                  good     403 insufficient_scope
Albania head            project: home                   bad      404 not_found
Serbia drafter          absent                          good     404 not_found
nobody                  project: forum                  good     401 not_authenticated
"""
for _name in ("participating-organisations", "budgets", "transactions"):
    ANSWERS[f"project-{_name} GET"] = _OF_PROJECT_GET
    ANSWERS[f"project-{_name} POST"] = _OF_PROJECT_POST

_PART_GET = """
who                     object                          sends    answer
Albania reader          {part}                          -        200
Montenegro head         {part}                          -        404 not_found
Serbia reader           absent                          -        404 not_found
client of another area  {part}                          -        403 insufficient_scope
nobody                  {part}                          -        401 not_authenticated
"""
_PART_DELETE = """
who                     object                          sends    answer
Serbia drafter          {part}                          good     204
Serbia drafter          {part}                          no etag  428 precondition_required
Serbia drafter          {part}                          stale    412 precondition_failed
Serbia drafter          {part}                          bad      400 invalid
Serbia reader           {part}                          good     403 drafter_required
Albania head            {part}                          good     403 not_owner
client of another area  {part}                          good     403 insufficient_scope
Montenegro head         {part}                          good     404 not_found
Serbia drafter          absent                          good     404 not_found
nobody                  {part}                          good     401 not_authenticated
"""
for _name, _part in (
    ("participating-organisation", "participating_organisation:"),
    ("budget", "budget:"),
    ("transaction", "transaction: common"),
):
    for _method, _rows in (("GET", _PART_GET), ("DELETE", _PART_DELETE)):
        ANSWERS[f"{_name} {_method}"] = _rows.replace(
            "{part}" + " " * (len(_part) - len("{part}")), _part
        )

ANSWERS["transaction GET"] += """
Albania reader          transaction: national           -        200
Bulgaria head           transaction: national           -        404 not_found
granted manage, head    transaction: national at home   -        404 not_found
"""

ANSWERS["transaction PATCH"] = """
who                     object                          sends    answer
Serbia drafter          transaction: national           good     200
Serbia drafter          transaction: common             no etag  428 precondition_required
Serbia drafter          transaction: common             stale    412 precondition_failed
Serbia drafter          transaction: common             bad      400 invalid
Serbia reader           transaction: common             good     403 drafter_required
Albania head            transaction: national           good     403 not_owner
client of another area  transaction: common             good     403 insufficient_scope
Bulgaria head           transaction: national           no etag  404 not_found
Serbia drafter          absent                          good     404 not_found
nobody                  transaction: common             good     401 not_authenticated
"""

ANSWERS["project-funding-sources GET"] = """
who                     object                          sends    answer
Albania reader          project: forum                  -        200
Albania reader          project: home                   -        404 not_found
Serbia reader           absent                          -        404 not_found
client of another area  project: forum                  -        403 insufficient_scope
nobody                  project: forum                  -        401 not_authenticated
"""

ANSWERS["funding-sources GET"] = """
who                     object                          sends    answer
Albania reader          -                               -        200
operator                -                               -        200
client of another area  -                               -        403 insufficient_scope
nobody                  -                               -        401 not_authenticated
"""
ANSWERS["funding-totals GET"] = ANSWERS["funding-sources GET"]
