-- ruleid: verification_code_stored.sql.encrypted_column
-- ok: verification_code_stored.sql.insert
INSERT INTO payments (id, card_token, encrypted_cvv) VALUES (1, 'tok', p_value);
-- ruleid: verification_code_stored.sql.encrypted_column
-- ok: verification_code_stored.sql.insert
INSERT INTO payments (id, cvv) VALUES (1, pgp_sym_encrypt(p_cvv, current_setting('app.key')));
-- ruleid: verification_code_stored.sql.encrypted_column
-- ok: verification_code_stored.sql.insert
INSERT INTO [dbo].[Payments] ([Id], [Cvv]) SELECT Id, EncryptByKey(Key_GUID('Cards'), Cvv) FROM staging.Payments;
-- ruleid: verification_code_stored.sql.encrypted_column
-- ok: verification_code_stored.sql.update
UPDATE payments SET status = 'waits', cvv = AES_ENCRYPT(p_cvv, @key) WHERE id = 1;
-- ruleid: verification_code_stored.sql.encrypted_column
-- ok: verification_code_stored.sql.update
UPDATE payments SET cvv_encrypted = p_value WHERE id = 1;
-- Beside a code in clear, an encrypted one is no excuse; and an encrypted card number encrypts no code.
-- ruleid: verification_code_stored.sql.insert
-- ok: verification_code_stored.sql.encrypted_column
INSERT INTO payments (id, cvv_encrypted, cvv) VALUES (1, p_value, p_cvv);
-- ruleid: verification_code_stored.sql.insert
-- ok: verification_code_stored.sql.encrypted_column
INSERT INTO payments (id, pan, cvv) VALUES (1, pgp_sym_encrypt(p_pan, p_key), p_cvv);
-- A hash is no encryption, and neither is base64.
-- ruleid: verification_code_stored.sql.update
-- ok: verification_code_stored.sql.encrypted_column
UPDATE payments SET cvv = crypt(p_cvv, gen_salt('bf')) WHERE id = 1;
-- ruleid: verification_code_stored.sql.update
-- ok: verification_code_stored.sql.encrypted_column
UPDATE payments SET cvv = TO_BASE64(p_cvv) WHERE id = 1;
-- ruleid: verification_code_stored.sql.update
-- ok: verification_code_stored.sql.encrypted_column
UPDATE payments SET cvv = pgp_sym_decrypt(cvv_encrypted, p_key) WHERE id = 1;
-- ok: verification_code_stored.sql.encrypted_column
UPDATE payments SET encrypted_cvv = NULL WHERE status = 'authorised';
-- ok: verification_code_stored.sql.encrypted_column
SELECT pgp_sym_decrypt(encrypted_cvv, p_key) FROM payments WHERE id = 1;
-- ok: verification_code_stored.sql.encrypted_column
INSERT INTO payments (id, encrypted_token) VALUES (1, pgp_sym_encrypt(p_token, p_key));
-- INSERT INTO payments (encrypted_cvv) VALUES (1);
