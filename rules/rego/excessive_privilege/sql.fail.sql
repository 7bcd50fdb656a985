CREATE TABLE cards (id int, card_token text, cardholder_name text);
GRANT SELECT ON cards TO PUBLIC; -- expect
GRANT ALL PRIVILEGES ON TABLE payments.credit_cards TO public; -- expect
