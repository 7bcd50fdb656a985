ALTER SYSTEM SET log_connections = on;
ALTER SYSTEM SET pgaudit.log = 'read, write, role';
ALTER SYSTEM SET log_statement = 'none';
ALTER SYSTEM SET log_min_duration_statement = 250;
