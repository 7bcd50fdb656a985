-- ruleid: pin_stored.sql.insert
INSERT INTO debit_cards (id, pin_block) VALUES (1, p_block);
-- ruleid: pin_stored.sql.update
UPDATE debit_cards SET card_pin = p_pin WHERE id = 1;
-- ok: pin_stored.sql.insert
INSERT INTO debit_cards (id, pin_tries_left) VALUES (1, 3);
-- ok: pin_stored.sql.update
UPDATE debit_cards SET pin_block = NULL;
