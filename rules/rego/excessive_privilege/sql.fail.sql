CREATE TABLE cards (id int, card_token text, cardholder_name text);
GRANT SELECT ON cards TO PUBLIC; -- expect
GRANT ALL PRIVILEGES ON TABLE payments.credit_cards TO public; -- expect
GRANT ALL ON cards TO reporting; -- expect
CREATE TABLE payments (id int, card_number text);
GRANT ALL PRIVILEGES ON *.* TO 'shop'@'%'; -- expect
GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA payments TO shop_app; -- expect
