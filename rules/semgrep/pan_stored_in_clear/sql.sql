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
-- ruleid: pan_stored_in_clear.sql.insert
INSERT INTO cards (token, card_number) VALUES (p_token, p_card_number);
-- ruleid: pan_stored_in_clear.sql.insert
INSERT INTO cards (last4, card_number) VALUES (right(p_card_number, 4), p_card_number);
-- ruleid: pan_stored_in_clear.sql.insert
INSERT INTO cards (id, card_number) VALUES (1, pgp_sym_encrypt(p_card_number, p_key)), (2, trim(coalesce(p_old, p_card_number)));
-- ok: pan_stored_in_clear.sql.insert
INSERT INTO cards (token, last4, card_number) VALUES (p_token, right(p_card_number, 4), pgp_sym_encrypt(p_card_number, p_key));
-- ok: pan_stored_in_clear.sql.insert
INSERT INTO cards (card_number, token) SELECT tokenize(upper(card_number)), token FROM old_cards WHERE card_number IS NOT NULL;
