-- PostgreSQL: tokens, last digits and ciphertext. Keys are in the KMS; the database never holds one.
CREATE EXTENSION IF NOT EXISTS pgcrypto;

CREATE TABLE cards (
    id            bigint PRIMARY KEY,
    token         text UNIQUE,
    pan_sealed    bytea NOT NULL,
    expiry_sealed bytea,
    last4         char(4),
    fingerprint   bytea UNIQUE
);

CREATE TABLE payments (
    id         bigint PRIMARY KEY,
    card_token text NOT NULL REFERENCES cards (token),
    last4      char(4) NOT NULL,
    cvv_result char(1),
    status     text NOT NULL
);

CREATE TABLE terminals (
    id             bigint PRIMARY KEY,
    pin_tries_left int NOT NULL,
    track2_present boolean NOT NULL
);

CREATE TABLE users (
    id       bigint PRIMARY KEY,
    email    text NOT NULL UNIQUE,
    password text NOT NULL
);

CREATE TABLE audit_log (
    at        timestamptz NOT NULL DEFAULT now(),
    what      text NOT NULL,
    old_value text
);

CREATE ROLE shop_app LOGIN;

CREATE VIEW support_cards AS
SELECT id,
       last4,
       token
FROM cards;
