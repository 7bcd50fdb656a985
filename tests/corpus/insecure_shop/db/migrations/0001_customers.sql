-- Customers and the cards they let us keep.

create table customers (
    id          bigint generated always as identity primary key,
    email       text not null unique,
    card_number varchar(19),
    joined_at   timestamptz not null default now()
);

create table saved_cards (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    card_token  varchar(64) not null unique,
    card_last4  char(4) not null,
    card_brand  varchar(16) not null,
    exp_month   smallint not null,
    exp_year    smallint not null
);

create table vaulted_cards (
    id             bigint generated always as identity primary key,
    pan_ciphertext bytea not null,
    pan_hmac       bytea not null unique,
    key_version    integer not null
);

create table legacy_cards (
    id          bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    card_number varchar(19) not null,
    cvv         varchar(4),
    token       varchar(64)
);
