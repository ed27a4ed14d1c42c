"""The caller's groups in the database, which an app above this one may find for others, too."""


def groups_function(otherwise: str = "") -> str:
    """``rcp_groups()``: the groups whose member the caller is now, for all policies.

    otherwise: PL/pgSQL that is run after the memberships were looked up; ``subject`` is the
    caller, never null or ``public``, and ``found`` its groups, null where it has none.
    """
    return f"""
        CREATE OR REPLACE FUNCTION rcp_groups() RETURNS int[]
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        DECLARE
            subject text := rcp_subject();
            found int[];
        BEGIN
            IF subject IS NULL OR subject = 'public' THEN
                RETURN '{{}}';
            END IF;
            SELECT array_agg(DISTINCT m.group_id) INTO found
            FROM identity_membership m
            JOIN identity_user u ON u.id = m.user_id AND u.is_active
            JOIN identity_rolegroup r ON r.group_id = m.group_id AND r.suspended_at IS NULL
            WHERE m.user_id = subject::uuid AND m.valid_from <= statement_timestamp()
              AND (m.valid_until IS NULL OR m.valid_until > statement_timestamp());
            {otherwise}
            RETURN coalesce(found, '{{}}');
        END $$
        """  # noqa: S608 - names of our own
