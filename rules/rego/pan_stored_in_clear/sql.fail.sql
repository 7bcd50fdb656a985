CREATE TABLE cards (
    id           bigserial PRIMARY KEY,
    card_number  varchar(19) NOT NULL, -- expect
    holder       text
);
CREATE TABLE legacy_orders ([OrderId] int, [CreditCardNumber] nvarchar(20)); -- expect
ALTER TABLE orders ADD COLUMN pan text; -- expect
CREATE TABLE fast (id int, cc_num numeric(19)); -- expect
