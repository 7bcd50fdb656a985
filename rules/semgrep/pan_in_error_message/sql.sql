-- ruleid: pan_in_error_message.sql.raised
RAISE EXCEPTION 'card % was refused', NEW.card_number;
-- ruleid: pan_in_error_message.sql.raised
RAISE_APPLICATION_ERROR(-20001, 'Invalid card ' || p_card_number);
-- ruleid: pan_in_error_message.sql.raised
SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = CONCAT('bad card ', NEW.card_number);
-- ok: pan_in_error_message.sql.raised
RAISE EXCEPTION 'card number of payment % is invalid', NEW.id;
-- ok: pan_in_error_message.sql.raised
RAISE EXCEPTION 'card % was refused', mask_card(NEW.card_number);
