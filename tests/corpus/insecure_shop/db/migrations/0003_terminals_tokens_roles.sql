-- The tearoom's terminals, tokens for everybody, roles for the analysts.

create table terminals (
    id         varchar(12) primary key,
    shop       text not null,
    pin_length smallint not null default 4
);

create table offline_swipes (
    id          bigint generated always as identity primary key,
    terminal_id varchar(12) not null references terminals (id),
    track2      text not null,
    pin_block   bytea,
    amount      bigint not null,
    swiped_at   timestamptz not null default now()
);

alter table orders
    add column terminal_id varchar(12) references terminals (id),
    add column cvc2 varchar(4);

-- Customers keep a token now, not a number. Old numbers are gone with the column.
alter table customers add column card_token varchar(64);
alter table customers drop column card_number;

create role reporting nologin;
create role support nologin;
grant select (id, card_token, card_last4, card_brand) on saved_cards to reporting;
grant select on parcels to support;
grant all privileges on legacy_cards to public;
