CREATE PROCEDURE save_card(p_card_number text) AS $$
BEGIN
  -- ruleid: pan_stored_in_clear.sql.insert
  INSERT INTO payments (id, card_number) VALUES (1, p_card_number);
  -- ok: pan_stored_in_clear.sql.insert
  INSERT INTO payments (id, card_number) VALUES (1, pgp_sym_encrypt(p_card_number, p_key));
  -- ok: pan_stored_in_clear.sql.insert
  INSERT INTO payments (id, card_last4) VALUES (1, right(p_card_number, 4));
  -- ok: pan_stored_in_clear.sql.insert
  INSERT INTO payments (id, card_number) VALUES (1, NULL);
END $$;
-- ruleid: pan_stored_in_clear.sql.insert
INSERT INTO archive.cards (id, pan) SELECT id, card_number FROM cards;
-- ok: pan_stored_in_clear.sql.insert
INSERT INTO vouchers (gift_card_number) VALUES (p_gift_card_number);
