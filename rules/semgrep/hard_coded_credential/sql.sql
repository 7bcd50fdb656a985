-- ruleid: hard_coded_credential.sql.connection
SELECT * FROM dblink('host=10.0.0.5 dbname=cards user=app password=spring-meadow', 'SELECT 1') AS t(a int);
-- ruleid: hard_coded_credential.sql.connection
CREATE USER MAPPING FOR app SERVER cards OPTIONS (user 'app', password 'spring-meadow');
-- ruleid: hard_coded_credential.sql.connection
CHANGE MASTER TO MASTER_HOST='db1', MASTER_USER='repl', MASTER_PASSWORD='spring-meadow';
-- ruleid: hard_coded_credential.sql.connection
CREATE DATABASE LINK cards CONNECT TO app IDENTIFIED BY springmeadow USING 'cards';
-- ok: hard_coded_credential.sql.connection
CREATE USER MAPPING FOR app SERVER cards OPTIONS (user 'app', password '${APP_PASSWORD}');
-- ok: hard_coded_credential.sql.connection
CREATE DATABASE LINK cards CONNECT TO app IDENTIFIED BY &app_password USING 'cards';
-- ok: hard_coded_credential.sql.connection
SELECT password FROM users;
