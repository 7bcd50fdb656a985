-- MySQL keeps the archive of the old shop; the key comes from the keyring, the mode from my.cnf.

CREATE TABLE archived_cards (
    token      VARCHAR(40) PRIMARY KEY,
    pan_sealed VARBINARY(64) NOT NULL,
    iv         BINARY(16) NOT NULL,
    last4      CHAR(4) NOT NULL
);

SET @iv = RANDOM_BYTES(16);
INSERT INTO archived_cards (token, pan_sealed, iv, last4)
    SELECT token, AES_ENCRYPT(card_number, @pan_key, @iv), @iv, RIGHT(card_number, 4) FROM incoming_cards;
