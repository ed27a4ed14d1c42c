"""Comparisons in the access tests: what their routes answer."""

_HEAD = "who                     object                 sends    answer\n"

ROWS: dict[str, str] = {
    "document-compare GET": f"""
{_HEAD}\
Serbia reader           document: national     -        200
Albania reader          document: national     -        200
granted read, head      document: national     -        200
granted read, head      document: restricted   -        200
Albania head            document: restricted   -        404 not_found
Bulgaria head           document: national     -        404 not_found
secretariat head        document: national     -        404 not_found
operator                document: national     -        404 not_found
Serbia access_manager   document: national     -        404 not_found
Serbia head             document: decoy        -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  document: national     -        403 insufficient_scope
nobody                  document: national     -        401 not_authenticated
""",
    "section-compare GET": f"""
{_HEAD}\
Serbia reader           section: private       -        200
Albania reader          section: released      -        200
granted read, head      section: private       -        200
Albania head            section: private       -        404 not_found
granted read, head      section: private child -        404 not_found
Bulgaria head           section: released      -        404 not_found
operator                section: private       -        404 not_found
Serbia access_manager   section: private       -        404 not_found
Serbia head             section: decoy         -        404 not_found
Serbia reader           absent                 -        404 not_found
client of another area  section: released      -        403 insufficient_scope
nobody                  section: released      -        401 not_authenticated
""",
}
