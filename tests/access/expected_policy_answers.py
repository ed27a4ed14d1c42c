"""What the API answers about instruments and practices; see ``expected_answers``."""

ROWS: dict[str, str] = {}

# -- instruments

ROWS["instruments GET"] = """
who                     object                            sends    answer
Serbia reader           -                                 -        200 some
Montenegro head         -                                 -        200 some
nobody                  -                                 -        200 some
reading client          -                                 -        403 insufficient_scope
"""

ROWS["instruments POST"] = """
who                     object                            sends    answer
Serbia drafter          -                                 good     201
Serbia drafter          -                                 bad      400 invalid
Montenegro head         -                                 good     400 invalid
Serbia reader           -                                 good     403 drafter_required
Albania head            -                                 good     403 drafter_required
client of another area  -                                 good     403 insufficient_scope
nobody                  -                                 good     401 not_authenticated
"""

ROWS["instrument GET"] = """
who                     object                            sends    answer
Serbia reader           instrument: at home               -        200
granted read, head      instrument: at home               -        200
Albania reader          instrument: of the forum          -        200
nobody                  instrument: public                -        200
Albania reader          instrument: at home               -        404 not_found
grant expired, head     instrument: at home               -        404 not_found
nobody                  instrument: at home               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          instrument: at home               -        403 insufficient_scope
"""

ROWS["instrument PATCH"] = """
who                     object                            sends    answer
Serbia drafter          instrument: at home               good     200
Serbia drafter          instrument: at home               no etag  428 precondition_required
Serbia drafter          instrument: at home               stale    412 precondition_failed
Serbia drafter          instrument: at home               bad      400 invalid
Serbia reader           instrument: at home               good     403 drafter_required
granted manage, head    instrument: at home               good     403 not_owner
Albania head            instrument: of the forum          no etag  403 not_owner
client of another area  instrument: at home               good     403 insufficient_scope
Albania head            instrument: at home               good     404 not_found
Albania head            instrument: at home               bad      404 not_found
Serbia drafter          absent                            good     404 not_found
nobody                  instrument: public                good     401 not_authenticated
"""

ROWS["instrument-status GET"] = """
who                     object                            sends    answer
Serbia reader           instrument: at home               -        200
granted read, head      instrument: at home               -        200
Albania reader          instrument: of the forum          -        200
nobody                  instrument: public                -        200
Albania reader          instrument: at home               -        404 not_found
grant expired, head     instrument: at home               -        404 not_found
nobody                  instrument: at home               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          instrument: at home               -        403 insufficient_scope
"""

ROWS["instrument-status-events GET"] = """
who                     object                            sends    answer
Serbia reader           instrument: at home               -        200 some
granted read, head      instrument: at home               -        200 some
Albania reader          instrument: of the forum          -        200 none
nobody                  instrument: public                -        200 none
Albania reader          instrument: at home               -        404 not_found
grant expired, head     instrument: at home               -        404 not_found
nobody                  instrument: at home               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          instrument: at home               -        403 insufficient_scope
"""

ROWS["instrument-status-events POST"] = """
who                     object                            sends    answer
Serbia drafter          instrument: at home               good     201
Serbia drafter          instrument: at home               bad      400 invalid
Serbia reader           instrument: at home               good     403 drafter_required
granted manage, head    instrument: at home               good     403 not_owner
client of another area  instrument: at home               good     403 insufficient_scope
Albania head            instrument: at home               good     404 not_found
Serbia drafter          absent                            good     404 not_found
nobody                  instrument: public                good     401 not_authenticated
"""

# -- practices

ROWS["practices GET"] = """
who                     object                            sends    answer
Serbia reader           -                                 -        200 some
Albania reader          -                                 -        200 some
head of an ended seat   -                                 -        200 none
nobody                  -                                 -        200 none
reading client          -                                 -        403 insufficient_scope
"""

ROWS["practices POST"] = """
who                     object                            sends    answer
Serbia drafter          -                                 good     201
Serbia drafter          -                                 bad      400 invalid
Montenegro head         -                                 good     400 invalid
Serbia reader           -                                 good     403 drafter_required
Albania head            -                                 good     403 drafter_required
client of another area  -                                 good     403 insufficient_scope
nobody                  -                                 good     401 not_authenticated
"""

ROWS["practice GET"] = """
who                     object                            sends    answer
Serbia reader           practice: published               -        200
granted read, head      practice: published               -        200
Albania reader          practice: of the forum            -        200
Albania reader          practice: published               -        404 not_found
grant expired, head     practice: published               -        404 not_found
nobody                  practice: published               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice: published               -        403 insufficient_scope
Albania reader          practice: draft                   -        404 not_found
Albania reader          practice: withdrawn               -        404 not_found
Serbia reader           practice: draft                   -        200
Serbia reader           practice: withdrawn               -        200
"""

ROWS["practice-draft GET"] = """
who                     object                            sends    answer
Serbia reader           practice_draft:                   -        200
granted manage, head    practice_draft:                   -        404 not_found
Albania head            practice_draft:                   -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice_draft:                   -        403 insufficient_scope
nobody                  practice_draft:                   -        401 not_authenticated
"""

ROWS["practice-draft PATCH"] = """
who                     object                            sends    answer
Serbia drafter          practice_draft:                   good     200
Serbia drafter          practice_draft:                   no etag  428 precondition_required
Serbia drafter          practice_draft:                   stale    412 precondition_failed
Serbia drafter          practice_draft:                   bad      400 invalid
Serbia reader           practice_draft:                   good     403 drafter_required
client of another area  practice_draft:                   good     403 insufficient_scope
granted manage, head    practice_draft:                   good     404 not_found
Albania head            practice_draft:                   no etag  404 not_found
Serbia drafter          absent                            good     404 not_found
nobody                  practice_draft:                   good     401 not_authenticated
"""

ROWS["practice-publish POST"] = """
who                     object                            sends    answer
Serbia head             practice_draft:                   good     200
Serbia head             practice_draft:                   no etag  428 precondition_required
Serbia head             practice_draft:                   stale    412 precondition_failed
Serbia head             practice_draft:                   bad      400 invalid
Serbia drafter          practice_draft:                   good     403 head_required
client of another area  practice_draft:                   good     403 insufficient_scope
granted manage, head    practice_draft:                   good     404 not_found
Albania head            practice_draft:                   no etag  404 not_found
Serbia head             absent                            good     404 not_found
nobody                  practice_draft:                   good     401 not_authenticated
"""

ROWS["practice-withdraw POST"] = """
who                     object                            sends    answer
Serbia head             practice: published               good     200
Serbia head             practice: published               no etag  428 precondition_required
Serbia head             practice: published               stale    412 precondition_failed
Serbia head             practice: published               bad      400 invalid
Serbia head             practice: draft                   good     409 wrong_state
Serbia head             practice: withdrawn               good     409 wrong_state
Serbia drafter          practice: published               good     403 head_required
granted manage, head    practice: published               good     403 not_owner
Albania head            practice: of the forum            good     403 not_owner
client of another area  practice: published               good     403 insufficient_scope
Albania head            practice: published               good     404 not_found
Albania head            practice: draft                   good     404 not_found
Serbia head             absent                            good     404 not_found
nobody                  practice: published               good     401 not_authenticated
"""

ROWS["practice-versions GET"] = """
who                     object                            sends    answer
Serbia reader           practice: published               -        200 some
granted read, head      practice: published               -        200 some
Albania reader          practice: of the forum            -        200 some
Serbia reader           practice: draft                   -        200 none
Albania reader          practice: published               -        404 not_found
grant expired, head     practice: published               -        404 not_found
nobody                  practice: published               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice: published               -        403 insufficient_scope
"""

ROWS["practice-version GET"] = """
who                     object                            sends    answer
Serbia reader           practice_version:                 -        200
granted read, head      practice_version:                 -        200
Albania reader          practice_version:                 -        404 not_found
grant expired, head     practice_version:                 -        404 not_found
nobody                  practice_version:                 -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice_version:                 -        403 insufficient_scope
"""

ROWS["practice-shares GET"] = """
who                     object                            sends    answer
Serbia reader           practice: published               -        200 some
Serbia reader           practice: of the forum            -        200 none
granted manage, head    practice: published               -        403 not_owner
Albania head            practice: of the forum            -        403 not_owner
Albania head            practice: published               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice: published               -        403 insufficient_scope
nobody                  practice: published               -        401 not_authenticated
"""

ROWS["practice-shares POST"] = """
who                     object                            sends    answer
Serbia head             practice: published               good     201
Serbia head             practice: published               bad      400 invalid
Serbia head             practice: draft                   good     409 wrong_state
Serbia head             practice: withdrawn               good     409 wrong_state
Serbia drafter          practice: published               good     403 head_required
granted manage, head    practice: published               good     403 not_owner
Albania head            practice: of the forum            good     403 not_owner
client of another area  practice: published               good     403 insufficient_scope
Albania head            practice: published               good     404 not_found
Albania head            practice: draft                   good     404 not_found
Serbia head             absent                            good     404 not_found
nobody                  practice: published               good     401 not_authenticated
"""

ROWS["practice-share-end POST"] = """
who                     object                            sends    answer
Serbia head             practice: published               good     204
Serbia head             practice: published               bad      400 invalid
Serbia head             practice: draft                   good     409 wrong_state
Serbia head             practice: withdrawn               good     409 wrong_state
Serbia drafter          practice: published               good     403 head_required
granted manage, head    practice: published               good     403 not_owner
Albania head            practice: of the forum            good     403 not_owner
client of another area  practice: published               good     403 insufficient_scope
Albania head            practice: published               good     404 not_found
Albania head            practice: draft                   good     404 not_found
Serbia head             absent                            good     404 not_found
nobody                  practice: published               good     401 not_authenticated
Serbia head             practice: of the forum            good     409 not_shared
"""

ROWS["practice-adaptations GET"] = """
who                     object                            sends    answer
Serbia reader           practice: published               -        200 some
granted read, head      practice: published               -        200 some
Albania reader          practice: of the forum            -        200 none
Albania reader          practice: published               -        404 not_found
grant expired, head     practice: published               -        404 not_found
nobody                  practice: published               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice: published               -        403 insufficient_scope
"""

ROWS["practice-adaptations POST"] = """
who                     object                            sends    answer
Serbia head             practice: published               good     201
Serbia drafter          practice: draft                   good     201
Serbia head             practice: published               bad      400 invalid
Serbia drafter          practice: published               good     403 head_required
Serbia reader           practice: draft                   good     403 drafter_required
granted manage, head    practice: published               good     403 not_owner
client of another area  practice: published               good     403 insufficient_scope
Albania head            practice: published               good     404 not_found
Serbia head             absent                            good     404 not_found
nobody                  practice: published               good     401 not_authenticated
"""

ROWS["practice-lineage GET"] = """
who                     object                            sends    answer
Serbia reader           practice: published               -        200
granted read, head      practice: published               -        200
Albania reader          practice: of the forum            -        200
Albania reader          practice: published               -        404 not_found
grant expired, head     practice: published               -        404 not_found
nobody                  practice: published               -        404 not_found
Serbia reader           absent                            -        404 not_found
reading client          practice: published               -        403 insufficient_scope
"""
