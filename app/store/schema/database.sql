-- One database made ready for its schema; run by a superuser inside that database.
REVOKE ALL ON DATABASE :database FROM PUBLIC;
GRANT CONNECT ON DATABASE :database TO guichet_agent, guichet_hub;
ALTER DATABASE :database OWNER TO guichet_owner;
ALTER DATABASE :database SET search_path = guichet, pg_catalog;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- Large objects have no row-level security and can fill the disk: nobody but the owner makes them.
REVOKE EXECUTE ON FUNCTION pg_catalog.lo_create(oid), pg_catalog.lo_creat(integer),
  pg_catalog.lo_from_bytea(oid, bytea), pg_catalog.lo_import(text), pg_catalog.lo_import(text, oid),
  pg_catalog.lo_export(oid, text), pg_catalog.lowrite(integer, bytea), pg_catalog.lo_put(oid, bigint, bytea),
  pg_catalog.lo_open(oid, integer), pg_catalog.lo_truncate(integer, integer),
  pg_catalog.lo_truncate64(integer, bigint), pg_catalog.lo_unlink(oid) FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS guichet AUTHORIZATION guichet_owner;
GRANT USAGE ON SCHEMA guichet TO guichet_agent, guichet_hub, guichet_keeper;
