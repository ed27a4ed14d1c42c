"""The second wall of attachments: they are read with what they belong to."""

from django.db import migrations

from platform_api.core.rls import protected_table
from platform_api.search.sql import BY_SERVICES, definer

# Asked by the worker, which sees no attachment. A name is 32 random bytes: that one is in use tells
# nothing to who does not have the file.
UNKNOWN = """
    SELECT coalesce(array_agg(asked.token), '{}') FROM unnest(names) asked(token)
    WHERE NOT EXISTS (SELECT FROM documents_attachment a WHERE a.stored_as = asked.token)
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0024_attachments")]

    operations = [
        protected_table(
            "documents_attachment",
            "EXISTS (SELECT FROM documents_section s WHERE s.id = section_id) "
            "OR EXISTS (SELECT FROM documents_document d WHERE d.id = document_id)",
        ),
        definer(
            "documents_attachments_unknown(names text[])",
            "RETURNS text[] LANGUAGE sql STABLE",
            UNKNOWN,
            called_by=BY_SERVICES,
        ),
    ]
