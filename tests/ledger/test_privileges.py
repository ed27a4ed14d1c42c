"""What the three database roles may do, written out."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

ALL = "DELETE INSERT SELECT UPDATE"
EXPECTED = {
    "ledger_entry": ("INSERT SELECT", "INSERT SELECT"),
    "ledger_detail": ("INSERT SELECT", "DELETE INSERT SELECT"),
    "ledger_event": ("INSERT SELECT", ""),
    "ledger_seal": ("SELECT", "INSERT SELECT"),
    "ledger_unsealed": ("SELECT", "DELETE INSERT SELECT"),
    "ledger_sealer_idle": (ALL, "SELECT"),
    "ledger_denialcount": (ALL, ""),
    "ledger_idempotentanswer": (ALL, ""),
    "ledger_throttle": (ALL, ""),
}


def test_tables_give_each_role_what_it_needs() -> None:
    query = """
        SELECT c.relname,
            coalesce((SELECT string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
                FROM aclexplode(c.relacl) a WHERE a.grantee = 'rcp_runtime'::regrole), ''),
            coalesce((SELECT string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
                FROM aclexplode(c.relacl) a WHERE a.grantee = 'rcp_policy'::regrole), ''),
            (SELECT count(*) FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
        FROM pg_class c WHERE c.relname LIKE 'ledger\\_%' AND c.relkind = 'r'
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    assert {name: (runtime, policy) for name, runtime, policy, _ in rows} == EXPECTED
    assert not any(public for *_, public in rows)


def test_definer_functions_are_fixed_owned_by_the_policy_role_and_not_public() -> None:
    query = """
        SELECT p.proname, r.rolname, p.proconfig::text,
            EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0),
            EXISTS (
                SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 'rcp_runtime'::regrole
            )
        FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
        WHERE p.proname LIKE 'ledger\\_%' AND p.prosecdef
        ORDER BY p.proname
    """
    path = '{"search_path=pg_catalog, pg_temp"}'
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == [
            ("ledger_detail_check_insert", "rcp_policy", path, False, False),
            ("ledger_enqueue", "rcp_policy", path, False, False),
            ("ledger_erase_detail", "rcp_policy", path, False, True),
            ("ledger_event_check_insert", "rcp_policy", path, False, False),
            ("ledger_seal", "rcp_policy", path, False, True),
        ]
