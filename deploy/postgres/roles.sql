-- Roles and database of the platform; written by `manage.py db_bootstrap --print`.
-- Run as a superuser, as often as you like:
--   psql -v database=rcp -v owner_password=… -v runtime_password=… -f roles.sql
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SELECT format('CREATE ROLE rcp_owner') WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rcp_owner') \gexec
SELECT format('CREATE ROLE rcp_runtime') WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rcp_runtime') \gexec
SELECT format('CREATE ROLE rcp_policy') WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rcp_policy') \gexec
ALTER ROLE rcp_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE rcp_runtime LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'runtime_password';
ALTER ROLE rcp_policy NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS PASSWORD NULL;
GRANT rcp_policy TO rcp_owner WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;
ALTER ROLE rcp_runtime SET idle_in_transaction_session_timeout = '60s';
SELECT format('CREATE DATABASE %I OWNER rcp_owner', :'database') WHERE NOT EXISTS (SELECT 1 FROM pg_database WHERE datname = :'database') \gexec
ALTER DATABASE :"database" OWNER TO rcp_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO rcp_runtime;
\connect :"database"
SET client_min_messages = warning;
ALTER SCHEMA public OWNER TO rcp_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rcp_runtime;
GRANT USAGE, CREATE ON SCHEMA public TO rcp_policy;
ALTER DEFAULT PRIVILEGES FOR ROLE rcp_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO rcp_runtime, rcp_policy;
ALTER DEFAULT PRIVILEGES FOR ROLE rcp_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO rcp_runtime, rcp_policy;
ALTER DEFAULT PRIVILEGES FOR ROLE rcp_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE rcp_policy REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
