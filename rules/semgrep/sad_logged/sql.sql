-- ruleid: sad_logged.sql.message
RAISE NOTICE 'cvv of the card is %', NEW.cvv;
-- ruleid: sad_logged.sql.message
PRINT @CardCvv
-- ok: sad_logged.sql.message
PRINT 'cvv is missing'
-- ok: sad_logged.sql.message
RAISE NOTICE 'result %', NEW.cvv_result;
-- ruleid: sad_logged.sql.table
INSERT INTO request_log (id, cvv) VALUES (1, p_cvv);
-- ok: sad_logged.sql.table
INSERT INTO request_log (id, answer) VALUES (1, p_cvv_result);
