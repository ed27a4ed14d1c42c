"""What each of the three database roles can and cannot do, asked of the server itself."""

import psycopg
import pytest
from psycopg import errors, sql

from platform_api.ops import roles
from tests.postgres import ClonedDatabase


@pytest.fixture
def owner(cloned_db):
    with cloned_db.connect("owner", autocommit=True) as connection:
        connection.execute("CREATE TABLE thing (id int PRIMARY KEY, seat int)")
        connection.execute("INSERT INTO thing VALUES (1, 1), (2, 2)")
        yield connection


@pytest.fixture
def runtime(cloned_db):
    with cloned_db.connect("runtime", autocommit=True) as connection:
        yield connection


def attributes(cloned_db: ClonedDatabase, role: str) -> tuple:
    with cloned_db.connect("superuser") as connection:
        return connection.execute(
            "SELECT rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolreplication, "
            "rolbypassrls FROM pg_roles WHERE rolname = %s",
            [role],
        ).fetchone()


def test_roles_have_no_attribute_they_do_not_need(cloned_db):
    login, bypass = (True,) + (False,) * 5, (False,) * 5 + (True,)
    assert attributes(cloned_db, roles.OWNER) == login
    assert attributes(cloned_db, roles.RUNTIME) == login
    assert attributes(cloned_db, roles.POLICY) == bypass


def test_migrated_tables_belong_to_the_owner(cloned_db):
    with cloned_db.connect("superuser") as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
    assert owners == [(roles.OWNER,)]


def test_runtime_reads_and_writes_rows_and_nothing_more(owner, runtime):
    runtime.execute("INSERT INTO thing VALUES (3, 3)")
    runtime.execute("UPDATE thing SET seat = 4 WHERE id = 3")
    runtime.execute("DELETE FROM thing WHERE id = 3")
    assert runtime.execute("SELECT count(*) FROM thing").fetchone() == (2,)
    for statement in (
        "TRUNCATE thing",
        "CREATE TABLE own (id int)",
        "CREATE TEMPORARY TABLE own (id int)",
        "CREATE FUNCTION own() RETURNS int LANGUAGE sql RETURN 1",
        "SET ROLE rcp_owner",
        "SET ROLE rcp_policy",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            runtime.execute(statement)
    for statement in ("ALTER TABLE thing DISABLE ROW LEVEL SECURITY", "DROP TABLE thing"):
        with pytest.raises(errors.InsufficientPrivilege, match="must be owner"):
            runtime.execute(statement)


def test_runtime_uses_sequences_of_the_owner(owner, runtime):
    owner.execute("CREATE SEQUENCE numbers")
    assert runtime.execute("SELECT nextval('numbers')").fetchone() == (1,)
    with pytest.raises(errors.InsufficientPrivilege):
        runtime.execute("SELECT setval('numbers', 99)")


def test_forced_row_security_holds_for_runtime_and_for_the_owner(owner, runtime):
    owner.execute("ALTER TABLE thing ENABLE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE thing FORCE ROW LEVEL SECURITY")
    assert runtime.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    owner.execute("SET row_security = off")
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        owner.execute("SELECT count(*) FROM thing")


def test_functions_are_executable_only_where_granted(owner, runtime):
    owner.execute("CREATE FUNCTION answer() RETURNS int LANGUAGE sql RETURN 42")
    with pytest.raises(errors.InsufficientPrivilege, match="answer"):
        runtime.execute("SELECT answer()")
    owner.execute("GRANT EXECUTE ON FUNCTION answer TO rcp_runtime")
    assert runtime.execute("SELECT answer()").fetchone() == (42,)


def test_a_function_handed_to_the_policy_role_sees_all_rows_and_keeps_its_grants(owner, runtime):
    owner.execute("ALTER TABLE thing ENABLE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE thing FORCE ROW LEVEL SECURITY")
    owner.execute(
        "CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER "
        "SET search_path = public BEGIN ATOMIC SELECT count(*) FROM thing; END"
    )
    owner.execute("GRANT EXECUTE ON FUNCTION counted TO rcp_runtime")
    assert runtime.execute("SELECT counted()").fetchone() == (0,)

    owner.execute("ALTER FUNCTION counted OWNER TO rcp_policy")

    assert runtime.execute("SELECT counted()").fetchone() == (2,)
    # Without inheritance the owner neither bypasses anything nor can replace the function.
    with pytest.raises(errors.InsufficientPrivilege):
        owner.execute("SELECT counted()")
    with pytest.raises(errors.InsufficientPrivilege, match="must be owner"):
        owner.execute("ALTER FUNCTION counted RESET search_path")
    # As owner of the schema it can drop it, so migrations can go back.
    owner.execute("DROP FUNCTION counted")


def test_a_trigger_function_of_the_policy_role_writes_what_the_writer_cannot_see(owner, runtime):
    owner.execute("CREATE TABLE touched (id int)")
    owner.execute("ALTER TABLE touched ENABLE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE touched FORCE ROW LEVEL SECURITY")
    owner.execute(
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        "SET search_path = public AS "
        "$$ BEGIN INSERT INTO touched VALUES (NEW.id); RETURN NULL; END $$"
    )
    owner.execute(
        "CREATE TRIGGER touched AFTER UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION touch()"
    )
    owner.execute("ALTER FUNCTION touch OWNER TO rcp_policy")
    runtime.execute("UPDATE thing SET seat = 9 WHERE id = 1")
    assert runtime.execute("SELECT count(*) FROM touched").fetchone() == (0,)
    owner.execute("ALTER TABLE touched NO FORCE ROW LEVEL SECURITY")
    assert owner.execute("SELECT id FROM touched").fetchall() == [(1,)]


def test_the_bootstrap_can_be_repeated(cloned_db, owner):
    server = cloned_db.server
    for _ in range(2):
        roles.bootstrap(
            server.url,
            owner_password=server.passwords["owner"],
            runtime_password=server.passwords["runtime"],
            database=cloned_db.name,
        )
    with cloned_db.connect("runtime") as connection:
        assert connection.execute("SELECT count(*) FROM thing").fetchone() == (2,)


def test_only_the_three_roles_may_connect_to_a_bootstrapped_database(cloned_db):
    server = cloned_db.server
    roles.bootstrap(
        server.url,
        owner_password=server.passwords["owner"],
        runtime_password=server.passwords["runtime"],
        database=cloned_db.name,
    )
    stranger = f"stranger_{cloned_db.name}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(stranger)))
        try:
            allowed = [
                connection.execute(
                    "SELECT has_database_privilege(%s, %s, 'CONNECT')", [role, cloned_db.name]
                ).fetchone()[0]
                for role in (roles.OWNER, roles.RUNTIME, stranger)
            ]
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(stranger)))
    assert allowed == [True, True, False]


def test_run_asks_for_what_is_missing_in_one_sentence(monkeypatch, capsys):
    for name in ("DATABASE_SUPERUSER_URL", "DATABASE_OWNER_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert roles.main(["--run"]) == 2
    assert capsys.readouterr().err == "DATABASE_SUPERUSER_URL must be set.\n"


def test_run_makes_a_database_that_the_two_urls_reach(postgres_server, monkeypatch, capsys):
    name = f"{postgres_server.prefix}_bootstrap_{id(capsys)}"
    monkeypatch.setenv("DATABASE_SUPERUSER_URL", postgres_server.url)
    monkeypatch.setenv("DATABASE_OWNER_URL", postgres_server.url_of(name, "owner"))
    monkeypatch.setenv("DATABASE_URL", postgres_server.url_of(name, "runtime"))
    try:
        assert roles.main(["--run"]) == 0
        for role in ("owner", "runtime"):
            psycopg.connect(postgres_server.url_of(name, role)).close()
    finally:
        postgres_server.drop(name)
