-- ruleid: track_data_stored.sql.insert
INSERT INTO card_swipes (terminal_id, track2) VALUES (1, p_track2);
-- ruleid: track_data_stored.sql.update
UPDATE card_swipes SET track_2_data = p_track WHERE id = 1;
-- ok: track_data_stored.sql.insert
INSERT INTO card_swipes (terminal_id, track2_present) VALUES (1, true);
-- ok: track_data_stored.sql.update
UPDATE card_swipes SET track2 = NULL;
