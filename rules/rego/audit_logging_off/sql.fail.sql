ALTER SYSTEM SET log_connections = off; -- expect
ALTER SYSTEM SET pgaudit.log = 'none'; -- expect
SET GLOBAL server_audit_logging = OFF; -- expect
