CREATE TABLE payment_methods (
    id            bigserial PRIMARY KEY,
    card_token    text NOT NULL,
    cvv           varchar(4), -- expect
    exp_month     smallint
);

CREATE TABLE `card_details` (
    `id` int NOT NULL,
    `security_result` char(1),
    `encrypted_cvc2` varbinary(64) NOT NULL, -- expect
    `cardSecurityCode` int -- expect
) ENGINE=InnoDB;

ALTER TABLE payment_methods ADD COLUMN cvv_hash char(64); -- expect
ALTER TABLE payment_methods ADD COLUMN cvv_encrypted bytea; -- expect
