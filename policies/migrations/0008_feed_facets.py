"""Instruments by kind have a feed of their own; the wall asks for grants by one probe a row."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from platform_api.core.rls import in_scope, kind_kept, probed_directly


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("forums", "0007_search"),
        ("identity", "0002_actor_functions"),
        ("policies", "0007_transfers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            "instrument",
            models.Index(
                F("effective_scope"),
                F("kind"),
                F("created_at").desc(),
                F("id").desc(),
                name="policies_instrument_facet",
            ),
        ),
        migrations.AddIndex(
            "instrumentgrant",
            models.Index(
                F("permission"),
                F("group"),
                F("kind"),
                F("sort_at").desc(),
                F("content_object").desc(),
                include=("expires_at",),
                name="instrumentgrant_facet",
            ),
        ),
        kind_kept("policies_instrumentgrant", "policies_instrument"),
        *probed_directly("policies_instrumentgrant", "policies_instrument", in_scope()),
        *probed_directly("policies_practicegrant", "policies_practice", in_scope()),
    ]
