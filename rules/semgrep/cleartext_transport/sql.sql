-- ruleid: cleartext_transport.sql.connection
CREATE SUBSCRIPTION cards CONNECTION 'host=db1 dbname=cards sslmode=disable' PUBLICATION cards;
-- ruleid: cleartext_transport.sql.connection
CREATE SERVER cards FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db1', sslmode 'disable');
-- ruleid: cleartext_transport.sql.connection
CHANGE MASTER TO MASTER_HOST='db1', MASTER_SSL=0;
-- ok: cleartext_transport.sql.connection
CREATE SUBSCRIPTION cards CONNECTION 'host=db1 dbname=cards sslmode=verify-full' PUBLICATION cards;
-- ok: cleartext_transport.sql.connection
CHANGE MASTER TO MASTER_HOST='db1', MASTER_SSL=1;
