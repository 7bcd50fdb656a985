ALTER SYSTEM SET ssl = on;
SET GLOBAL require_secure_transport = ON;
SET ssl_renegotiation_limit = 0;
