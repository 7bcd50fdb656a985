CREATE TABLE terminal_reads (
    id        bigint PRIMARY KEY,
    track1    varchar(79), -- expect
    track2    varchar(40), -- expect
    read_at   timestamp
);
CREATE TABLE swipes (swipe_id int, magstripe_data blob); -- expect
