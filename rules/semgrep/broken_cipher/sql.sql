-- ruleid: broken_cipher.sql.algorithm
SELECT encrypt(card_number::bytea, p_key, 'bf');
-- ruleid: broken_cipher.sql.algorithm
SELECT encrypt(card_number::bytea, p_key, 'aes-ecb/pad:pkcs');
-- ruleid: broken_cipher.sql.algorithm
SELECT pgp_sym_encrypt(card_number, p_key, 'compress-algo=1, cipher-algo=3des');
-- ruleid: broken_cipher.sql.algorithm
CREATE SYMMETRIC KEY CardKey WITH ALGORITHM = TRIPLE_DES ENCRYPTION BY CERTIFICATE CardCert;
-- ruleid: broken_cipher.sql.algorithm
l_type PLS_INTEGER := DBMS_CRYPTO.ENCRYPT_DES + DBMS_CRYPTO.PAD_PKCS5;
-- ruleid: broken_cipher.sql.algorithm
SELECT DES_ENCRYPT(card_number, p_key);
-- ok: broken_cipher.sql.algorithm
SELECT encrypt(card_number::bytea, p_key, 'aes-cbc/pad:pkcs');
-- ok: broken_cipher.sql.algorithm
SELECT pgp_sym_encrypt(card_number, p_key, 'cipher-algo=aes256');
-- ok: broken_cipher.sql.algorithm
CREATE SYMMETRIC KEY CardKey WITH ALGORITHM = AES_256 ENCRYPTION BY CERTIFICATE CardCert;
-- ok: broken_cipher.sql.algorithm
CREATE ALGORITHM = MERGE VIEW description AS SELECT 1;
-- ruleid: broken_cipher.sql.default_mode
SELECT AES_ENCRYPT(card_number, @pan_key);
-- ok: broken_cipher.sql.default_mode
SELECT AES_ENCRYPT(card_number, @pan_key, @iv);
