"""What ``decide`` answers about instruments and practices; see ``expected_decisions``."""

TABLES: dict[str, str] = {}

# -- instruments --------------------------------------------------------------------------------

# The owner's seat, and whoever was granted a sight of it.
TABLES["instrument: at home"] = """
                        view               revise             record_status      manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
granted read, head      yes                not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_keeper
granted by country      yes                not_owner          not_owner          not_keeper
client                  yes                yes                yes                access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found
"""

# A forum's readers read, whatever their status there.
TABLES["instrument: of the forum"] = """
                        view               revise             record_status      manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
Albania reader          yes                not_owner          not_owner          not_keeper
Albania drafter         yes                not_owner          not_owner          not_keeper
Albania head            yes                not_owner          not_owner          not_keeper
Bulgaria reader         yes                not_owner          not_owner          not_keeper
Bulgaria drafter        yes                not_owner          not_owner          not_keeper
Bulgaria head           yes                not_owner          not_owner          not_keeper
observer head           yes                not_owner          not_owner          not_keeper
secretariat reader      yes                not_owner          not_owner          not_keeper
secretariat head        yes                not_owner          not_owner          not_keeper
granted read, head      yes                not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_keeper
grant expired, head     yes                not_owner          not_owner          not_keeper
client                  yes                yes                yes                access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found
"""

# Everybody reads; an account that was locked out, and nobody, are told to sign in.
TABLES["instrument: public"] = """
                        view               revise             record_status      manage_access
Serbia reader           yes                drafter_required   drafter_required   access_manager_required
Serbia drafter          yes                yes                yes                access_manager_required
Serbia head             yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes
Serbia access_manager   yes                drafter_required   drafter_required   yes
client                  yes                yes                yes                access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope insufficient_scope insufficient_scope
manager client          yes                drafter_required   drafter_required   yes
reading manager client  insufficient_scope insufficient_scope insufficient_scope insufficient_scope
inactive head           yes                not_authenticated  not_authenticated  not_authenticated
nobody                  yes                not_authenticated  not_authenticated  not_authenticated
everyone else           yes                not_owner          not_owner          not_keeper
"""

TABLES["instrument: decoy"] = """
                        view      revise    record_status manage_access
Montenegro head         yes       yes       yes           yes
Serbia head elsewhere   yes       not_owner not_owner     not_keeper
granted by country      yes       not_owner not_owner     not_keeper
everyone else           not_found not_found not_found     not_found
"""

# Read by whoever reads the instrument.
TABLES["legal_status_event: "] = """
                                   view
Serbia reader                      yes
Serbia drafter                     yes
Serbia head                        yes
Serbia head, author                yes
granted read, head                 yes
granted draft, reader              yes
granted draft, drafter             yes
granted manage, head               yes
granted by country                 yes
client                             yes
reading client                     insufficient_scope
client of another area             yes
everyone else                      not_found
"""

# -- practices ----------------------------------------------------------------------------------

# The owner's alone until it is published; only what is published is shared or withdrawn.
TABLES["practice: draft"] = """
                        view               withdraw           list_shares        share              add_source         manage_access
Serbia reader           yes                head_required      yes                head_required      drafter_required   access_manager_required
Serbia drafter          yes                head_required      yes                head_required      yes                access_manager_required
Serbia head             yes                wrong_state        yes                wrong_state        yes                wrong_state
Serbia head, author     yes                wrong_state        yes                wrong_state        yes                wrong_state
client                  yes                head_required      yes                head_required      yes                access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          not_found          wrong_state
manager client          not_found          not_found          not_found          not_found          not_found          wrong_state
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
"""

# Published to its owner, and shared: whoever has a share sees it, and passes none on.
TABLES["practice: published"] = """
                        view               withdraw           list_shares        share              add_source         manage_access
Serbia reader           yes                head_required      yes                head_required      drafter_required   access_manager_required
Serbia drafter          yes                head_required      yes                head_required      head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes                yes                yes
granted read, head      yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted by country      yes                not_owner          not_owner          not_owner          not_owner          not_keeper
client                  yes                head_required      yes                head_required      head_required      access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
"""

TABLES["practice: of the forum"] = """
                        view               withdraw           list_shares        share              add_source         manage_access
Serbia reader           yes                head_required      yes                head_required      drafter_required   access_manager_required
Serbia drafter          yes                head_required      yes                head_required      head_required      access_manager_required
Serbia head             yes                yes                yes                yes                yes                yes
Serbia head, author     yes                yes                yes                yes                yes                yes
Albania reader          yes                not_owner          not_owner          not_owner          not_owner          not_keeper
Albania drafter         yes                not_owner          not_owner          not_owner          not_owner          not_keeper
Albania head            yes                not_owner          not_owner          not_owner          not_owner          not_keeper
Bulgaria reader         yes                not_owner          not_owner          not_owner          not_owner          not_keeper
Bulgaria drafter        yes                not_owner          not_owner          not_owner          not_owner          not_keeper
Bulgaria head           yes                not_owner          not_owner          not_owner          not_owner          not_keeper
observer head           yes                not_owner          not_owner          not_owner          not_owner          not_keeper
secretariat reader      yes                not_owner          not_owner          not_owner          not_owner          not_keeper
secretariat head        yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted read, head      yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted draft, reader   yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted draft, drafter  yes                not_owner          not_owner          not_owner          not_owner          not_keeper
granted manage, head    yes                not_owner          not_owner          not_owner          not_owner          not_keeper
grant expired, head     yes                not_owner          not_owner          not_owner          not_owner          not_keeper
client                  yes                head_required      yes                head_required      head_required      access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          not_found          yes
manager client          not_found          not_found          not_found          not_found          not_found          yes
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
"""

# What was withdrawn is its owner's again, and may be published anew.
TABLES["practice: withdrawn"] = """
                        view               withdraw           list_shares        share              add_source         manage_access
Serbia reader           yes                head_required      yes                head_required      drafter_required   access_manager_required
Serbia drafter          yes                head_required      yes                head_required      yes                access_manager_required
Serbia head             yes                wrong_state        yes                wrong_state        yes                wrong_state
Serbia head, author     yes                wrong_state        yes                wrong_state        yes                wrong_state
client                  yes                head_required      yes                head_required      yes                access_manager_required
reading client          insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope insufficient_scope
client of another area  yes                insufficient_scope yes                insufficient_scope insufficient_scope insufficient_scope
Serbia access_manager   not_found          not_found          not_found          not_found          not_found          wrong_state
manager client          not_found          not_found          not_found          not_found          not_found          wrong_state
everyone else           not_found          not_found          not_found          not_found          not_found          not_found
"""

TABLES["practice: decoy"] = """
                        view      withdraw  list_shares share     add_source manage_access
Montenegro head         yes       yes       yes         yes       yes        yes
Serbia head elsewhere   yes       not_owner not_owner   not_owner not_owner  not_keeper
granted by country      yes       not_owner not_owner   not_owner not_owner  not_keeper
everyone else           not_found not_found not_found   not_found not_found  not_found
"""

# No share, and no audience, reaches the draft.
TABLES["practice_draft: "] = """
                        view                revise              publish
Serbia reader           yes                 drafter_required    head_required
Serbia drafter          yes                 yes                 head_required
Serbia head             yes                 yes                 yes
Serbia head, author     yes                 yes                 yes
client                  yes                 yes                 head_required
reading client          insufficient_scope  insufficient_scope  insufficient_scope
client of another area  yes                 insufficient_scope  insufficient_scope
everyone else           not_found           not_found           not_found
"""

# Read by whoever reads the practice.
TABLES["practice_version: "] = """
                                   view
Serbia reader                      yes
Serbia drafter                     yes
Serbia head                        yes
Serbia head, author                yes
granted read, head                 yes
granted draft, reader              yes
granted draft, drafter             yes
granted manage, head               yes
granted by country                 yes
client                             yes
reading client                     insufficient_scope
client of another area             yes
everyone else                      not_found
"""
TABLES["adaptation: of a source elsewhere"] = TABLES["practice_version: "]

# Both ends have to be seen.
TABLES["adaptation: of a hidden practice"] = """
                                   view
Serbia reader                      yes
Serbia drafter                     yes
Serbia head                        yes
Serbia head, author                yes
client                             yes
reading client                     insufficient_scope
client of another area             yes
everyone else                      not_found
"""
