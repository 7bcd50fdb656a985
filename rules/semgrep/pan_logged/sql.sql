CREATE FUNCTION charge() RETURNS trigger AS $$
BEGIN
  -- ruleid: pan_logged.sql.message
  RAISE NOTICE 'charging %', NEW.card_number;
  -- ok: pan_logged.sql.message
  RAISE NOTICE 'charging card number ending in %', right(NEW.card_number, 4);
  -- ok: pan_logged.sql.message
  RAISE LOG 'card number changed for payment %', NEW.id;
  -- ruleid: pan_logged.sql.table
  INSERT INTO audit_log (what, old_value) VALUES ('card', OLD.card_number);
  -- ok: pan_logged.sql.table
  INSERT INTO audit_log (what, old_value) VALUES ('card', mask_pan(OLD.card_number));
  -- ok: pan_logged.sql.table
  INSERT INTO audit_log (what, old_value) VALUES ('card_number', NEW.id);
END $$;
-- ruleid: pan_logged.sql.message
PRINT 'Card ' + @CardNumber
-- ruleid: pan_logged.sql.message
DBMS_OUTPUT.PUT_LINE('pan: ' || p_card_number);
-- ok: pan_logged.sql.message
PRINT 'Card number is missing'
