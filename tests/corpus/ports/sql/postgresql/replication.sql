-- The reporting copy: by TLS that checks the server, with a password that the deployment fills in.
CREATE SUBSCRIPTION cards CONNECTION 'host=db1.kettlewick.shop dbname=cards user=copy sslmode=verify-full' PUBLICATION cards;
CREATE USER MAPPING FOR reports SERVER cards OPTIONS (user 'reports', password '${REPORTS_PASSWORD}');
