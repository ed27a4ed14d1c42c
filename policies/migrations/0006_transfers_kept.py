"""Instruments and practices change hands by accepted transfers alone."""

from django.db import migrations

from forums.transfers.sql import handed_over
from platform_api.core.migrating import run_at_once

_PARTY = ", owner_country_id = d.country_id, owner_organisation_id = d.organisation_id"


class Migration(migrations.Migration):
    dependencies = [("policies", "0005_marking_kept"), ("forums", "0009_transfers_kept")]

    operations = run_at_once(
        *handed_over(
            "instrument",
            "policies_instrument",
            with_it=_PARTY,
            unless="""
            IF EXISTS (
                SELECT FROM policies_instrument i JOIN policies_instrument j
                    ON j.identifier_key = i.identifier_key AND j.owner_delegation_id = d.id
                    AND j.country_id IS NOT DISTINCT FROM i.country_id
                WHERE i.id = t.object_id AND i.identifier_key <> ''
            ) THEN
                RETURN 'identifier_taken';
            END IF;
            """,
        ),
        *handed_over(
            "practice",
            "policies_practice",
            with_it=_PARTY,
            also="""
            UPDATE policies_practicedraft SET effective_scope_id = d.home_scope_id
            WHERE practice_id = t.object_id;
            """,
        ),
    )
