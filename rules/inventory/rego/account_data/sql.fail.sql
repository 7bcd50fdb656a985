CREATE TABLE saved_cards (
    id             bigserial PRIMARY KEY,
    -- expect next
    card_number    varchar(19),
    -- expect next
    pan_ciphertext bytea,
    -- expect next
    exp_month      smallint,
    created_at     timestamptz
);
-- expect next
CREATE TABLE cards (number text, colour text);
CREATE TABLE payments (id int, amount int);
-- expect next
ALTER TABLE payments ADD COLUMN cvv varchar(4);
