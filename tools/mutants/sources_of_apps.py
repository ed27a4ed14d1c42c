"""Which fragments of the apps are broken, one at a time."""

from .asked import TABLE
from .mutant import Edit

APP_SOURCES = (
    Edit(
        "forums/access.py",
        tuple(f"{TABLE}[{name}: " for name in ("forum", "delegation", "delegate")),
        (
            ("forums of others", 'Q(pk__in=seats.values("forum"))', "~Q(pk=None)"),
            ("seats of others", "Q(pk__in=actor.seats) |", "~Q(pk=None) |"),
            ("people of others", "Q(delegation__in=actor.seats) |", "~Q(pk=None) |"),
            (
                "operators",
                "return ~Q(pk=None) if actor.is_operator else Q(pk__in=[])",
                "return ~Q(pk=None)",
            ),
        ),
    ),
    Edit(
        "forums/funding/visibility.py",
        (f"{TABLE}[transaction: ", "tests/forums/funding"),
        (
            (
                "projects without sight",
                'recipient_country=None, project__in=_projects(actor).values("pk")',
                "recipient_country=None",
            ),
            (
                "transactions of others",
                "Q(owner_delegation__in=_reading_seats(actor))",
                "~Q(owner_delegation=None)",
            ),
            (
                "what a grant opens",
                "grants.filter(all_countries=True)",
                "grants.filter()",
            ),
            (
                "transactions of other countries",
                "            recipient_country__in=national.countries,\n",
                "",
            ),
            (
                "the country's own sight",
                '            project__in=_projects(national.actor).values("pk"),\n',
                "",
            ),
            (
                "the reader's role",
                "actor.seats.items() if Role.READER in roles",
                "actor.seats.items() if roles",
            ),
        ),
    ),
    Edit(
        "policies/access.py",
        (f"{TABLE}[adaptation: ", "tests/policies"),
        (
            ("adaptations without sight", "Q(practice__in=practices) & (", "("),
            (
                "sources without sight",
                "Q(source_version=None) | Q(source_version__practice__in=practices)",
                "Q()",
            ),
        ),
    ),
    Edit(
        "documents/texts/release.py",
        ("tests/documents/texts/test_sections_release.py", f"{TABLE}[section: "),
        (
            ("four eyes", '        return "four_eyes"', "        return None"),
            (
                "forums that allow one person",
                "    if not forum.four_eyes:\n        return None\n",
                "",
            ),
            # A section that can be released has no revisions but those at home.
            ("whose revisions", "AT_HOME, author_id=actor.user_id", "AT_HOME"),
        ),
    ),
)
