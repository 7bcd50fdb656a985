CREATE TABLE payments (id int, number text, amount int, tracking_number text, map_pin_color text, company text);
CREATE TEMPORARY TABLE import_batch (card_number text);
CREATE TABLE customers (id int, card_number text);
ALTER TABLE customers DROP COLUMN card_number;
