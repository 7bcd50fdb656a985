-- ruleid: excessive_privilege.sql.superuser
ALTER ROLE shop_app SUPERUSER;
-- ruleid: excessive_privilege.sql.superuser
CREATE USER checkout WITH LOGIN PASSWORD 'x' SUPERUSER;
-- ruleid: excessive_privilege.sql.superuser
create role "card-service" with superuser createdb;
-- ok: excessive_privilege.sql.superuser
ALTER ROLE shop_app NOSUPERUSER;
-- ok: excessive_privilege.sql.superuser
CREATE ROLE shop_app LOGIN;
-- ok: excessive_privilege.sql.superuser
CREATE ROLE shop_admin SUPERUSER LOGIN;
-- ok: excessive_privilege.sql.superuser
ALTER USER postgres WITH SUPERUSER;
-- ok: excessive_privilege.sql.superuser
CREATE ROLE reporting LOGIN; COMMENT ON ROLE reporting IS 'was SUPERUSER once';
-- ok: excessive_privilege.sql.superuser
SELECT rolname FROM pg_roles WHERE rolsuper; -- ALTER ROLE x SUPERUSER
