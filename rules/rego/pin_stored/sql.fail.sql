CREATE TABLE debit_cards (
    id         bigint PRIMARY KEY,
    pin_block  bytea, -- expect
    card_pin   char(4) -- expect
);
CREATE TABLE atm_sessions (session_id int, encrypted_pin_block varchar(32)); -- expect
