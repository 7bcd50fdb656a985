CREATE TABLE cards (
    id   bigserial PRIMARY KEY,
    pan  bytea NOT NULL
);
