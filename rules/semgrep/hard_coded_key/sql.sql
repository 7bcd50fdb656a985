-- ruleid: hard_coded_key.sql.function
UPDATE cards SET pan_enc = pgp_sym_encrypt(card_number, 'spring-meadow-42');
-- ruleid: hard_coded_key.sql.function
SELECT AES_DECRYPT(card_number_enc, 'spring-meadow-42') FROM cards;
-- ruleid: hard_coded_key.sql.function
SELECT AES_ENCRYPT(CONCAT(a, 'x'), UNHEX(SHA2('spring-meadow-42', 512)));
-- ruleid: hard_coded_key.sql.function
SELECT encrypt(data::bytea, 'spring-meadow-42'::bytea, 'aes');
-- ruleid: hard_coded_key.sql.function
SELECT ENCRYPTBYPASSPHRASE(N'spring-meadow-42', CardNumber) FROM Cards;
-- ruleid: hard_coded_key.sql.function
CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'spring-Meadow-42';
-- ruleid: hard_coded_key.sql.function
OPEN SYMMETRIC KEY CardKey DECRYPTION BY PASSWORD = N'spring-Meadow-42';
-- ruleid: hard_coded_key.sql.function
SELECT hmac(card_number, 'spring-meadow-42', 'sha256');
-- ok: hard_coded_key.sql.function
SELECT pgp_sym_encrypt(card_number, current_setting('app.key'));
-- ok: hard_coded_key.sql.function
SELECT pgp_sym_encrypt(card_number, :'pan_key');
-- ok: hard_coded_key.sql.function
SELECT AES_ENCRYPT(card_number, @pan_key, @iv);
-- ok: hard_coded_key.sql.function
SELECT pgp_sym_encrypt('some text here', p_key, 'cipher-algo=aes256');
-- ok: hard_coded_key.sql.function
CREATE MASTER KEY ENCRYPTION BY PASSWORD = '$(MASTER_KEY_PASSWORD)';
-- ok: hard_coded_key.sql.function
OPEN SYMMETRIC KEY CardKey DECRYPTION BY CERTIFICATE CardCert;
