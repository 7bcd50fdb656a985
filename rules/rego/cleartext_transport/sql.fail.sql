ALTER SYSTEM SET ssl = off; -- expect
SET GLOBAL require_secure_transport = OFF; -- expect
