-- ruleid: verification_code_stored.sql.insert
INSERT INTO payments (id, card_token, cvv) VALUES (1, 'tok', p_cvv);
-- ruleid: verification_code_stored.sql.insert
INSERT INTO [dbo].[Cards] ([Id], [CardSecurityCode]) SELECT Id, Code FROM staging.Cards;
-- ruleid: verification_code_stored.sql.update
UPDATE payments SET status = 'paid', cvv = p_cvv WHERE id = 1;
-- ok: verification_code_stored.sql.update
UPDATE payments SET cvv = NULL WHERE created_at < now();
-- ok: verification_code_stored.sql.update
UPDATE payments SET cvv = '' WHERE cvv = '123';
-- ok: verification_code_stored.sql.insert
INSERT INTO payments (id, card_token, cvv_result) VALUES (1, 'tok', 'M');
-- ok: verification_code_stored.sql.insert
INSERT INTO #cards (cvv) VALUES (@cvv);
-- ok: verification_code_stored.sql.update
SELECT cvv_result FROM payments WHERE set_id = 1;
-- INSERT INTO payments (cvv) VALUES (1);
-- ruleid: verification_code_stored.sql.update
INSERT INTO cards SET holder = p_holder, cvv = p_cvv;
-- ruleid: verification_code_stored.sql.insert
REPLACE INTO cards (id, cvv) VALUES (1, p_cvv);
-- ruleid: verification_code_stored.sql.update
MERGE INTO cards t USING s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET t.cvv = s.cvv;
