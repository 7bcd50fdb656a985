-- Orders, parcels and what the acquirer said.

create table orders (
    id           bigint generated always as identity primary key,
    cart_id      text not null,
    total        bigint not null check (total > 0),
    reference    text not null,
    cvv_result   char(1),
    placed_at    timestamptz not null default now()
);

create table order_cards (
    order_id   bigint not null references orders (id),
    card_token varchar(64),
    pan_hmac   bytea,
    card_no    varchar(23)
);

create table parcels (
    id              bigint generated always as identity primary key,
    order_id        bigint not null references orders (id),
    tracking_number text not null,
    track_url       text not null,
    map_pin_color   char(7) not null default '#5b7f3a'
);

create table music_tracks (
    id         integer primary key,
    track      text not null,
    track_name text not null,
    pan_offset real not null default 0
);

-- The sample orders that the demo shop starts with.
insert into orders (id, cart_id, total, reference) overriding system value
values (1, 'demo-1', 1250, 'NHA-1'), (2, 'demo-2', 3400, 'NHA-2');
insert into order_cards (order_id, card_no) values (1, '5555 5555 5555 4444');
insert into order_cards (order_id, card_no) values (2, '{{pan:visa}}');
