CREATE VIEW support_cards AS
SELECT id,
       card_number, -- expect
       holder
FROM cards;
CREATE OR REPLACE VIEW exports AS SELECT c.id, c.pan AS number FROM cards c; -- expect
CREATE MATERIALIZED VIEW v AS SELECT [CreditCardNumber] FROM dbo.Cards; -- expect
