"""What ``decide`` answers: a table for each state of each protected type.

A row is a persona, a column an ability, a cell ``yes`` or the reason of the refusal. Whoever has
no row is "everyone else", so every combination is stated. Personas and objects are those of
``world.py``. A table is found by ``type: state``.
"""

from .amendments import COLUMNS as COLUMNS_OF_AMENDMENTS
from .amendments import TABLES as AMENDMENTS
from .attachments import TABLES as ATTACHMENTS
from .brackets import COLUMNS as COLUMNS_OF_BRACKETS
from .brackets import TABLES as BRACKETS
from .citations import TABLES as CITATIONS
from .commenting import SECTIONS as COMMENTING
from .commenting import TABLES as COMMENTS
from .expected_policies import TABLES as POLICIES
from .funding import DECISIONS as FUNDING
from .meetings import TABLES as MEETINGS
from .merging import TABLES as MERGING
from .narrowing import TABLES as NARROWING
from .people import TABLES as PEOPLE
from .purging import TABLES as PURGING
from .states import COLUMNS as COLUMNS_OF_STATES
from .states import TABLES as STATES
from .structure import TABLES as STRUCTURE
from .structure import with_tree_acts
from .tables import beside
from .told import TABLES as TOLD

TABLES: dict[str, str] = {
    **ATTACHMENTS,
    **CITATIONS,
    **COMMENTS,
    **MEETINGS,
    **MERGING,
    **FUNDING,
    **NARROWING,
    **PEOPLE,
    **POLICIES,
    **PURGING,
    **TOLD,
}

# -- forums and seats ---------------------------------------------------------------------------

# The forum is read by whoever acts for one of its seats, whatever the seat's status, by access
# managers, who are in no reader scope, too; an operator runs it.
FORUM_READERS = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Albania reader          yes
Albania drafter         yes
Albania head            yes
Bulgaria reader         yes
Bulgaria drafter        yes
Bulgaria head           yes
observer head           yes
secretariat reader      yes
secretariat head        yes
granted read, head      yes
granted draft, reader   yes
granted draft, drafter  yes
granted manage, head    yes
grant expired, head     yes
client                  yes
reading client          yes
client of another area  insufficient_scope
Serbia access_manager   yes
Albania access_manager  yes
Bulgaria access_manager yes
granted read, manager   yes
manager client          yes
reading manager client  yes
operator                yes
everyone else           not_found
"""
TABLES["forum: "] = TABLES["office: "] = FORUM_READERS

TABLES["forum: decoy"] = """
                        view
Serbia head elsewhere   yes
granted by country      yes
Montenegro head         yes
operator                yes
everyone else           not_found
"""

# The seats of a forum are known to all of them; their people are each seat's own.
TABLES["delegation: seat"] = """
                        view               list_delegates     manage_delegates   suspend             see_exposure
Serbia reader           yes                yes                access_manager_required not_operator   not_operator
Serbia drafter          yes                yes                access_manager_required not_operator   not_operator
Serbia head             yes                yes                access_manager_required not_operator   not_operator
Serbia head, author     yes                yes                access_manager_required not_operator   not_operator
Serbia access_manager   yes                yes                yes                not_operator        not_operator
Albania reader          yes                not_own_seat       not_seat           not_operator        not_operator
Albania drafter         yes                not_own_seat       not_seat           not_operator        not_operator
Albania head            yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria reader         yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria drafter        yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria head           yes                not_own_seat       not_seat           not_operator        not_operator
observer head           yes                not_own_seat       not_seat           not_operator        not_operator
secretariat reader      yes                not_own_seat       not_seat           not_operator        not_operator
secretariat head        yes                not_own_seat       not_seat           not_operator        not_operator
granted read, head      yes                not_own_seat       not_seat           not_operator        not_operator
granted draft, reader   yes                not_own_seat       not_seat           not_operator        not_operator
granted draft, drafter  yes                not_own_seat       not_seat           not_operator        not_operator
granted manage, head    yes                not_own_seat       not_seat           not_operator        not_operator
grant expired, head     yes                not_own_seat       not_seat           not_operator        not_operator
client                  yes                yes                access_manager_required not_operator   not_operator
reading client          yes                yes                insufficient_scope insufficient_scope  not_operator
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope  insufficient_scope
manager client          yes                yes                yes                not_operator        not_operator
reading manager client  yes                yes                insufficient_scope insufficient_scope  not_operator
Albania access_manager  yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria access_manager yes                not_own_seat       not_seat           not_operator        not_operator
granted read, manager   yes                not_own_seat       not_seat           not_operator        not_operator
operator                yes                yes                yes                yes                 yes
everyone else           not_found          not_found          not_found          not_found           not_found
"""

# It sits there as before; its own people have nothing.
TABLES["delegation: suspended"] = """
                        view               list_delegates     manage_delegates   suspend             see_exposure
Serbia reader           yes                not_own_seat       not_seat           not_operator        not_operator
Serbia drafter          yes                not_own_seat       not_seat           not_operator        not_operator
Serbia head             yes                not_own_seat       not_seat           not_operator        not_operator
Serbia head, author     yes                not_own_seat       not_seat           not_operator        not_operator
Serbia access_manager   yes                not_own_seat       not_seat           not_operator        not_operator
Albania reader          yes                not_own_seat       not_seat           not_operator        not_operator
Albania drafter         yes                not_own_seat       not_seat           not_operator        not_operator
Albania head            yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria reader         yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria drafter        yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria head           yes                not_own_seat       not_seat           not_operator        not_operator
observer head           yes                not_own_seat       not_seat           not_operator        not_operator
secretariat reader      yes                not_own_seat       not_seat           not_operator        not_operator
secretariat head        yes                not_own_seat       not_seat           not_operator        not_operator
granted read, head      yes                not_own_seat       not_seat           not_operator        not_operator
granted draft, reader   yes                not_own_seat       not_seat           not_operator        not_operator
granted draft, drafter  yes                not_own_seat       not_seat           not_operator        not_operator
granted manage, head    yes                not_own_seat       not_seat           not_operator        not_operator
grant expired, head     yes                not_own_seat       not_seat           not_operator        not_operator
client                  yes                not_own_seat       not_seat           not_operator        not_operator
reading client          yes                not_own_seat       insufficient_scope insufficient_scope  not_operator
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope  insufficient_scope
manager client          yes                not_own_seat       not_seat           not_operator        not_operator
reading manager client  yes                not_own_seat       insufficient_scope insufficient_scope  not_operator
Albania access_manager  yes                not_own_seat       not_seat           not_operator        not_operator
Bulgaria access_manager yes                not_own_seat       not_seat           not_operator        not_operator
granted read, manager   yes                not_own_seat       not_seat           not_operator        not_operator
operator                yes                yes                yes                yes                 yes
everyone else           not_found          not_found          not_found          not_found           not_found
"""

# Nobody in this world acts for Serbia's home seat.
TABLES["delegation: home seat"] = """
                        view               list_delegates     manage_delegates   suspend             see_exposure
operator                yes                yes                yes                yes                 yes
everyone else           not_found          not_found          not_found          not_found           not_found
"""

# Who acts for a seat is told to that seat alone, and to operators.
TABLES["delegate: "] = """
                        view               end
Serbia reader           yes                access_manager_required
Serbia drafter          yes                access_manager_required
Serbia head             yes                access_manager_required
Serbia head, author     yes                access_manager_required
Serbia access_manager   yes                yes
client                  yes                access_manager_required
reading client          yes                insufficient_scope
client of another area  insufficient_scope insufficient_scope
manager client          yes                yes
reading manager client  yes                insufficient_scope
operator                yes                yes
everyone else           not_found          not_found
"""

TABLES["client_binding: "] = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Serbia access_manager   yes
client                  yes
reading client          yes
client of another area  insufficient_scope
manager client          yes
reading manager client  yes
operator                yes
everyone else           not_found
"""

# -- documents ----------------------------------------------------------------------------------

TABLES["document: national"] = """
                        view               revise             add_section        manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
Albania reader          yes                not_owner          drafter_required   not_keeper
Albania drafter         yes                not_owner          yes                not_keeper
Albania head            yes                not_owner          yes                not_keeper
granted read, head      yes                not_owner          not_drafting_group not_keeper
granted draft, reader   yes                not_owner          not_drafting_group not_keeper
granted draft, drafter  yes                not_owner          not_drafting_group not_keeper
granted manage, head    yes                not_owner          not_drafting_group not_keeper
granted by country      yes                not_owner          not_drafting_group not_keeper
client                  yes                yes                yes                access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found
"""

# The forum's own document is its secretariat's to revise.
TABLES["document: common"] = """
                        view               revise             add_section        manage_access
secretariat reader      yes                drafter_required   drafter_required   access_manager_required
secretariat head        yes                yes                yes                yes
Serbia reader           yes                not_owner          drafter_required   not_keeper
Serbia drafter          yes                not_owner          yes                not_keeper
Serbia head             yes                not_owner          yes                not_keeper
Serbia head, author     yes                not_owner          yes                not_keeper
Albania reader          yes                not_owner          drafter_required   not_keeper
Albania drafter         yes                not_owner          yes                not_keeper
Albania head            yes                not_owner          yes                not_keeper
granted read, head      yes                not_owner          not_drafting_group not_keeper
granted draft, reader   yes                not_owner          not_drafting_group not_keeper
granted draft, drafter  yes                not_owner          not_drafting_group not_keeper
granted manage, head    yes                not_owner          not_drafting_group not_keeper
granted by country      yes                not_owner          not_drafting_group not_keeper
client                  yes                not_owner          yes                not_keeper
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
everyone else           not_found          not_found          not_found          not_found
"""

# Restricted to explicit grants, of which its owner has one: Albania's seat no longer counts.
TABLES["document: restricted"] = """
                        view               revise             add_section        manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
granted read, head      yes                not_owner          not_drafting_group not_keeper
granted draft, reader   yes                not_owner          not_drafting_group not_keeper
granted draft, drafter  yes                not_owner          not_drafting_group not_keeper
granted manage, head    yes                not_owner          not_drafting_group not_keeper
granted by country      yes                not_owner          not_drafting_group not_keeper
client                  yes                yes                yes                access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found
"""

# Public: everybody reads; an account that was locked out, and nobody, are told to sign in.
TABLES["document: public"] = """
                        view               revise             add_section        manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
Serbia access_manager   yes                drafter_required   drafter_required   yes
Albania reader          yes                not_owner          drafter_required   not_keeper
Albania drafter         yes                not_owner          yes                not_keeper
Albania head            yes                not_owner          yes                not_keeper
Albania access_manager  yes                not_owner          drafter_required   not_keeper
client                  yes                yes                yes                access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
manager client          yes                drafter_required   drafter_required   yes
reading manager client  yes                insufficient_scope insufficient_scope insufficient_scope
inactive head           yes                not_authenticated  not_authenticated  not_authenticated
nobody                  yes                not_authenticated  not_authenticated  not_authenticated
everyone else           yes                not_owner          not_drafting_group not_keeper
"""

TABLES["document: decoy"] = """
                        view      revise    add_section manage_access
Montenegro head         yes       yes       yes         yes
everyone else           not_found not_found not_found   not_found
"""

# -- sections -----------------------------------------------------------------------------------

# At home: the owner's seat and whoever was granted it. Who wrote of it does not release it.
TABLES["section: private"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                four_eyes          yes
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                yes                not_owner          not_owner          not_keeper
granted manage, head    yes                yes                not_owner          not_owner          not_keeper
granted by country      yes                yes                not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

# A grant on a section is not one on the section below it.
TABLES["section: private child"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes                yes
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

# Released: the document's readers read it; nothing can be released twice.
TABLES["section: released"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                wrong_state        yes
Serbia head, author     yes                yes                yes                wrong_state        yes
Albania reader          yes                not_owner          not_owner          not_owner          not_keeper
Albania drafter         yes                not_owner          not_owner          not_owner          not_keeper
Albania head            yes                not_owner          not_owner          not_owner          not_keeper
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                yes                not_owner          not_owner          not_keeper
granted manage, head    yes                yes                not_owner          not_owner          not_keeper
granted by country      yes                yes                not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

# Common: every seat of the drafting group is its owner.
TABLES["section: common"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                wrong_state        yes
Serbia head, author     yes                yes                yes                wrong_state        yes
Albania reader          yes                drafter_required   drafter_required   head_required      not_keeper
Albania drafter         yes                yes                yes                head_required      not_keeper
Albania head            yes                yes                yes                wrong_state        not_keeper
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                yes                not_owner          not_owner          not_keeper
granted manage, head    yes                yes                not_owner          not_owner          not_keeper
granted by country      yes                yes                not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

# It has no grants of its own: those on its document carry it.
TABLES["section: restricted"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                wrong_state        yes
Serbia head, author     yes                yes                yes                wrong_state        yes
granted read, head      yes                not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_owner          not_keeper
granted by country      yes                not_owner          not_owner          not_owner          not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found
"""

TABLES["section: public"] = """
                        view               revise             add_section        release            manage_access
Serbia reader           yes                drafter_required   drafter_required   head_required      access_manager_required
Serbia drafter          yes                yes                yes                head_required      access_manager_required
Serbia head             yes                yes                yes                wrong_state        yes
Serbia head, author     yes                yes                yes                wrong_state        yes
Serbia access_manager   yes                drafter_required   drafter_required   head_required      yes
Albania reader          yes                drafter_required   drafter_required   head_required      not_keeper
Albania drafter         yes                yes                yes                head_required      not_keeper
Albania head            yes                yes                yes                wrong_state        not_keeper
Albania access_manager  yes                drafter_required   drafter_required   head_required      not_keeper
client                  yes                yes                yes                head_required      access_manager_required
reading client          yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
manager client          yes                drafter_required   drafter_required   head_required      yes
reading manager client  yes                insufficient_scope insufficient_scope insufficient_scope insufficient_scope
inactive head           yes                not_authenticated  not_authenticated  not_authenticated  not_authenticated
nobody                  yes                not_authenticated  not_authenticated  not_authenticated  not_authenticated
everyone else           yes                not_owner          not_owner          not_owner          not_keeper
"""

TABLES["section: decoy"] = """
                        view      revise    add_section release   manage_access
Montenegro head         yes       yes       yes         yes       yes
everyone else           not_found not_found not_found   not_found not_found
"""

TABLES["section: decoy released"] = """
                        view      revise    add_section release     manage_access
Montenegro head         yes       yes       yes         wrong_state yes
everyone else           not_found not_found not_found   not_found   not_found
"""

# -- what belongs to documents and sections -----------------------------------------------------

# Read by whoever reads the document.
TABLES["document_delegation: "] = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
Albania reader          yes
Albania drafter         yes
Albania head            yes
granted read, head      yes
granted draft, reader   yes
granted draft, drafter  yes
granted manage, head    yes
granted by country      yes
client                  yes
reading client          yes
client of another area  insufficient_scope
everyone else           not_found
"""
TABLES["revision: public"] = TABLES["document_delegation: "]

# What was made at home stays there, after the release too and whatever was granted.
AT_HOME = """
                        view
Serbia reader           yes
Serbia drafter          yes
Serbia head             yes
Serbia head, author     yes
client                  yes
reading client          yes
client of another area  insufficient_scope
everyone else           not_found
"""
TABLES["revision: at home"] = AT_HOME
TABLES["revision: private"] = AT_HOME
TABLES["release_commitment: "] = AT_HOME

# -- columns and states that further slices add -------------------------------------------------

for _name, _columns in COLUMNS_OF_STATES.items():
    TABLES[_name] = beside(TABLES[_name], _columns)
TABLES |= {**STATES, **BRACKETS}
for _name, _columns in COLUMNS_OF_BRACKETS.items():
    TABLES[_name] = beside(TABLES[_name], _columns)
TABLES = with_tree_acts(TABLES | STRUCTURE)
# A tombstone is refused to whoever might do a thing to what stands.
for _columns in (COLUMNS_OF_STATES["section: private"], COLUMNS_OF_BRACKETS["section: common"]):
    _deleted = _columns.replace("wrong_state", "deleted").replace("yes", "deleted")
    TABLES["section: deleted"] = beside(TABLES["section: deleted"], _deleted)
# What the comments add to what may be done with a section.
for _name in [name for name in TABLES if name.startswith("section: ")]:
    _deleted = COMMENTING.replace("yes", "deleted")
    _columns = _deleted if _name == "section: deleted" else COMMENTING
    TABLES[_name] = beside(TABLES[_name], _columns)
TABLES |= AMENDMENTS
for _name, _columns in COLUMNS_OF_AMENDMENTS.items():
    TABLES[_name] = beside(TABLES[_name], _columns)
