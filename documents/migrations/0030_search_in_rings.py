"""Comments and amendments are found by those who read the section and are in their ring."""

from django.db import migrations

from platform_api.search.sql import Parent, Ring, search_source


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0029_purging_files_and_titles"),
        ("search", "0003_rings"),
    ]

    operations = [
        *search_source(
            "comment",
            "documents_comment",
            parent=Parent("section", "section_id"),
            ring=Ring(
                ("seat_scope_id", "effective_scope_id"),
                granted="o.audience = 'forum'",
                watched=("audience",),
            ),
        ),
        *search_source(
            "amendment",
            "documents_amendment",
            parent=Parent("section", "section_id"),
            ring=Ring(("effective_scope_id",)),
        ),
    ]
