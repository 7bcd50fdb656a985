CREATE TABLE cards (id int, card_token text, cardholder_name text);
GRANT SELECT ON cards TO settlement;
GRANT SELECT ON countries TO PUBLIC;
GRANT USAGE ON SCHEMA payments TO PUBLIC;
GRANT SELECT ON audit_entries TO PUBLIC;
REVOKE ALL ON cards FROM PUBLIC;
GRANT ALL ON cards TO card_owner;
GRANT ALL PRIVILEGES ON cards TO payments_admin;
GRANT ALL ON countries TO reporting;
