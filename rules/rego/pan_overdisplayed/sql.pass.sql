CREATE TABLE vault (id int, primary_account_number bytea);
CREATE VIEW support_cards AS
SELECT id,
       '**** ' || right(card_number, 4) AS card_number_masked,
       mask(card_number) AS card_number,
       card_last4,
       gift_card_number
FROM cards;
CREATE VIEW kept AS SELECT id, primary_account_number FROM vault;
