"""Verifying chains, and purging what is in them, in the access tests."""

ROWS = {
    "section-verify GET": """
who                     object                 sends    answer
Serbia reader           section: private       -        200
Albania reader          section: released      -        200
granted read, head      section: private       -        200
Albania head            section: private       -        404 not_found
Bulgaria head           section: released      -        404 not_found
operator                section: private       -        404 not_found
Serbia access_manager   section: private       -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
}
