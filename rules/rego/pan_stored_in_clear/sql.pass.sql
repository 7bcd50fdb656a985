CREATE TABLE cards (
    id                 bigserial PRIMARY KEY,
    card_token         text NOT NULL,
    card_number_hmac   bytea,
    encrypted_card_number text,
    card_number_last4  char(4),
    masked_pan         varchar(19),
    pan_fingerprint    char(64),
    card_number_bin    char(6),
    pan                char(4),
    gift_card_number   varchar(20)
);
CREATE TABLE cameras (id int, pan_angle real, pan_speed real, tilt real);
CREATE TEMPORARY TABLE import_batch (card_number text);
CREATE TABLE mounts (id int, pan_deg real, pan smallint);
