-- The server's own settings: who connects is recorded, and nobody connects in clear.
ALTER SYSTEM SET log_connections = on;
ALTER SYSTEM SET ssl = on;
