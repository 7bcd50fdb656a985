CREATE TABLE devices (id int, gpio_pin int, pin int, pin_mode text, led_pin smallint);
CREATE TABLE places (id int, map_pin text, pin_code varchar(6), pincode varchar(6));
CREATE TABLE debit_cards (id bigint, pin_tries_left int, pin_changed_at timestamptz, pin_verified boolean);
