CREATE TABLE albums (id int, track_id int, track varchar(200), soundtrack text, audio_track int);
CREATE TABLE events (id bigint, tracking_number text, track_event text, utm_track varchar(20));
CREATE TABLE terminals (id int, track2_present boolean, track_data_length int);
