"""What the API answers: a table for each route and method, a row for each outcome.

who: a persona of ``world.py``. object: what the URL names, an object of the world or ``absent``.
sends: ``good`` is a body that is right in every respect with the present If-Match; ``no etag``,
``stale`` and ``bad`` (a member that there is not) say what is wrong with it; a dash sends
nothing. answer: status and code; of lists ``some`` or ``none``, whether there is an item.

A method that has no table answers 405.
"""

from .amendments import ROWS as AMENDMENTS
from .attachments import ROWS as ATTACHMENTS
from .brackets import ROWS as BRACKETS
from .citations import ROWS as CITATIONS
from .commenting import ROWS as COMMENTS
from .comparing import ROWS as COMPARING
from .expected_policy_answers import ROWS as POLICIES
from .funding import ANSWERS as FUNDING
from .granting import ROWS as GRANTING
from .meetings import ROWS as MEETINGS
from .merging import ROWS as MERGING
from .narrowing import ROWS as NARROWING
from .people import ROWS as PEOPLE
from .purging import ROWS as PURGING
from .releasing import ROWS as RELEASING
from .states import FURTHER as FURTHER_OF_STATES
from .states import ROWS as STATES
from .structure import ROWS as STRUCTURE
from .tables import with_row
from .told import ROWS as TOLD

ROWS: dict[str, str] = {
    **COMMENTS,
    **AMENDMENTS,
    **ATTACHMENTS,
    **CITATIONS,
    **COMPARING,
    **MEETINGS,
    **MERGING,
    **FUNDING,
    **GRANTING,
    **NARROWING,
    **PEOPLE,
    **POLICIES,
    **PURGING,
    **RELEASING,
    **STRUCTURE,
    **TOLD,
    **STATES,
    **BRACKETS,
}

# -- the contract itself, which is no secret

ROWS["openapi GET"] = """
who                     object                 sends    answer
nobody                  -                      -        200
Serbia reader           -                      -        200
"""

ROWS["openapi-3.0 GET"] = """
who                     object                 sends    answer
nobody                  -                      -        200
Serbia reader           -                      -        200
"""

ROWS["docs GET"] = """
who                     object                 sends    answer
nobody                  -                      -        200
Serbia reader           -                      -        200
"""
# -- identity

ROWS["me GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200
operator                -                      -        200
client of another area  -                      -        200
ended delegate          -                      -        200
inactive head           -                      -        401 invalid_token
nobody                  -                      -        401 not_authenticated
"""


# -- search: everybody finds what is public; who finds what else is told in tests/search

ROWS["search GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
operator                -                      -        200 some
ended delegate          -                      -        200 some
client                  -                      -        200 some
reading client          -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""


# -- countries, languages, organisations: everybody who signed in reads them

ROWS["countries GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
Montenegro head         -                      -        200 some
ended delegate          -                      -        200 some
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""

ROWS["country GET"] = """
who                     object                 sends    answer
Serbia reader           country                -        200
client of another area  country                -        403 insufficient_scope
Serbia reader           absent                 -        404 not_found
nobody                  country                -        401 not_authenticated
"""

ROWS["languages GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""

ROWS["language GET"] = """
who                     object                 sends    answer
Serbia reader           language               -        200
client of another area  language               -        403 insufficient_scope
Serbia reader           absent                 -        404 not_found
nobody                  language               -        401 not_authenticated
"""

ROWS["organisations GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""

ROWS["organisation GET"] = """
who                     object                 sends    answer
Serbia reader           organisation           -        200
client of another area  organisation           -        403 insufficient_scope
Serbia reader           absent                 -        404 not_found
nobody                  organisation           -        401 not_authenticated
"""


# -- forums and seats

ROWS["forums GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
operator                -                      -        200 some
Serbia access_manager   -                      -        200 some
ended delegate          -                      -        200 none
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""

ROWS["forum GET"] = """
who                     object                 sends    answer
observer head           forum:                 -        200
Montenegro head         forum:                 -        404 not_found
Serbia reader           forum: decoy           -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  forum:                 -        403 insufficient_scope
nobody                  forum:                 -        401 not_authenticated
"""

ROWS["forum-delegations GET"] = """
who                     object                 sends    answer
Serbia reader           forum:                 -        200 some
operator                forum: decoy           -        200 some
Serbia access_manager   forum:                 -        200 some
Montenegro head         forum:                 -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  forum:                 -        403 insufficient_scope
nobody                  forum:                 -        401 not_authenticated
"""

ROWS["forum-offices GET"] = """
who                     object                 sends    answer
Serbia reader           forum:                 -        200 some
Montenegro head         forum: decoy           -        200 none
Montenegro head         forum:                 -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  forum:                 -        403 insufficient_scope
nobody                  forum:                 -        401 not_authenticated
"""

ROWS["delegation GET"] = """
who                     object                 sends    answer
Albania reader          delegation: seat       -        200
Serbia access_manager   delegation: seat       -        200
operator                delegation: home seat  -        200
Serbia head             delegation: home seat  -        404 not_found
Montenegro head         delegation: seat       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  delegation: seat       -        403 insufficient_scope
nobody                  delegation: seat       -        401 not_authenticated
"""

ROWS["delegation-delegates GET"] = """
who                     object                 sends    answer
Serbia reader           delegation: seat       -        200 some
operator                delegation: seat       -        200 some
Albania head            delegation: seat       -        403 not_own_seat
Montenegro head         delegation: seat       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  delegation: seat       -        403 insufficient_scope
nobody                  delegation: seat       -        401 not_authenticated
"""

ROWS["delegation-delegates POST"] = """
who                     object                 sends    answer
Serbia access_manager   delegation: seat       good     201
operator                delegation: home seat  good     201
manager client          delegation: seat       good     201
Serbia access_manager   delegation: seat       bad      400 invalid
Serbia head             delegation: seat       good     403 access_manager_required
Albania head            delegation: seat       good     403 not_seat
reading manager client  delegation: seat       good     403 insufficient_scope
Montenegro head         delegation: seat       good     404 not_found
Montenegro head         delegation: seat       bad      404 not_found
Serbia access_manager   absent                 good     404 not_found
nobody                  delegation: seat       good     401 not_authenticated
"""

ROWS["delegate GET"] = """
who                     object                 sends    answer
Serbia reader           delegate:              -        200
operator                delegate:              -        200
Albania head            delegate:              -        404 not_found
Montenegro head         delegate:              -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  delegate:              -        403 insufficient_scope
nobody                  delegate:              -        401 not_authenticated
"""

ROWS["delegate-end POST"] = """
who                     object                 sends    answer
Serbia access_manager   delegate:              good     200
operator                delegate:              good     200
Serbia access_manager   delegate:              no etag  428 precondition_required
Serbia access_manager   delegate:              stale    412 precondition_failed
Serbia access_manager   delegate:              bad      400 invalid
Serbia head             delegate:              no etag  403 access_manager_required
reading manager client  delegate:              good     403 insufficient_scope
Albania access_manager  delegate:              good     404 not_found
Albania access_manager  delegate:              no etag  404 not_found
Serbia access_manager   absent                 good     404 not_found
nobody                  delegate:              good     401 not_authenticated
"""


# -- documents

ROWS["documents GET"] = """
who                     object                 sends    answer
Serbia reader           -                      -        200 some
granted read, head      -                      -        200 some
Montenegro head         -                      -        200 some
client of another area  -                      -        403 insufficient_scope
nobody                  -                      -        401 not_authenticated
"""

ROWS["documents POST"] = """
who                     object                 sends    answer
Serbia drafter          -                      good     201
client                  -                      good     201
Serbia drafter          -                      bad      400 invalid
Serbia reader           -                      good     403 drafter_required
Albania head            -                      good     403 drafter_required
Montenegro head         -                      good     400 invalid
reading client          -                      good     403 insufficient_scope
nobody                  -                      good     401 not_authenticated
"""

ROWS["document GET"] = """
who                     object                 sends    answer
Albania reader          document: national     -        200
granted read, head      document: national     -        200
granted read, head      document: restricted   -        200
Albania head            document: restricted   -        404 not_found
Bulgaria head           document: national     -        404 not_found
grant expired, head     document: national     -        404 not_found
operator                document: national     -        404 not_found
secretariat head        document: national     -        404 not_found
Serbia access_manager   document: national     -        404 not_found
Serbia head             document: decoy        -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  document: national     -        403 insufficient_scope
nobody                  document: national     -        401 not_authenticated
nobody                  document: public       -        401 not_authenticated
"""

ROWS["document PATCH"] = """
who                     object                 sends    answer
Serbia drafter          document: national     good     200
secretariat head        document: common       good     200
Serbia drafter          document: national     no etag  428 precondition_required
Serbia drafter          document: national     stale    412 precondition_failed
Serbia drafter          document: national     bad      400 invalid
Serbia reader           document: national     no etag  403 drafter_required
Albania head            document: national     good     403 not_owner
reading client          document: national     good     403 insufficient_scope
Bulgaria head           document: national     good     404 not_found
Bulgaria head           document: national     no etag  404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  document: national     good     401 not_authenticated
"""

ROWS["document-sections GET"] = """
who                     object                 sends    answer
Albania reader          document: national     -        200 some
Albania reader          document: common       -        200 none
Bulgaria head           document: national     -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  document: national     -        403 insufficient_scope
nobody                  document: national     -        401 not_authenticated
"""

ROWS["document-sections POST"] = """
who                     object                 sends    answer
Serbia drafter          document: national     good     201
Albania drafter         document: national     good     201
Serbia drafter          document: national     bad      400 invalid
Albania reader          document: national     good     403 drafter_required
granted draft, drafter  document: national     good     403 not_drafting_group
reading client          document: national     good     403 insufficient_scope
Bulgaria head           document: national     good     404 not_found
Bulgaria head           document: national     bad      404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  document: national     good     401 not_authenticated
"""


# -- sections

ROWS["section GET"] = """
who                     object                 sends    answer
Serbia reader           section: private       -        200
Albania reader          section: released      -        200
granted read, head      section: private       -        200
Albania head            section: private       -        404 not_found
granted read, head      section: private child -        404 not_found
Bulgaria head           section: released      -        404 not_found
grant expired, head     section: private       -        404 not_found
operator                section: private       -        404 not_found
Serbia access_manager   section: private       -        404 not_found
Serbia head elsewhere   section: private       -        404 not_found
Serbia reader           section: decoy         -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
"""

ROWS["section PATCH"] = """
who                     object                 sends    answer
Serbia drafter          section: private       good     200
Serbia drafter          section: released      good     200
Albania drafter         section: common        good     200
Serbia drafter          section: private       no etag  428 precondition_required
Serbia drafter          section: private       stale    412 precondition_failed
Serbia drafter          section: private       bad      400 invalid
Serbia reader           section: private       no etag  403 drafter_required
Albania head            section: released      good     403 not_owner
granted read, head      section: private       good     403 not_owner
reading client          section: private       good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Albania head            section: private       no etag  404 not_found
Serbia drafter          absent                 good     404 not_found
nobody                  section: released      good     401 not_authenticated
"""

ROWS["section-release POST"] = """
who                     object                 sends    answer
Serbia head             section: private       good     200
Serbia head             section: private       no etag  428 precondition_required
Serbia head             section: private       stale    412 precondition_failed
Serbia head             section: private       bad      400 invalid
Serbia head             section: released      good     409 wrong_state
Serbia head             section: private child good     409 parent_not_released
Serbia head, author     section: private       good     403 four_eyes
Serbia drafter          section: private       no etag  403 head_required
granted manage, head    section: private       good     403 not_owner
reading client          section: private       good     403 insufficient_scope
Albania head            section: private       good     404 not_found
Albania head            section: private       no etag  404 not_found
Serbia head             absent                 good     404 not_found
nobody                  section: private       good     401 not_authenticated
"""

ROWS["section-revisions GET"] = """
who                     object                 sends    answer
Serbia reader           section: private       -        200 some
Albania reader          section: released      -        200 some
granted read, head      section: private       -        200 none
Albania head            section: private       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
"""

ROWS["revision GET"] = """
who                     object                 sends    answer
Serbia reader           revision: at home      -        200
Serbia reader           revision: private      -        200
Albania reader          revision: public       -        200
Albania head            revision: at home      -        404 not_found
granted manage, head    revision: at home      -        404 not_found
granted manage, head    revision: private      -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  revision: public       -        403 insufficient_scope
nobody                  revision: public       -        401 not_authenticated
"""

for _key, _row in FURTHER_OF_STATES.items():
    ROWS[_key] = with_row(ROWS[_key], _row)
