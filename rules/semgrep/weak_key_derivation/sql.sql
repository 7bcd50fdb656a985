-- ruleid: weak_key_derivation.sql.password
UPDATE users SET password = SHA2(CONCAT(p_password, salt), 256);
-- ruleid: weak_key_derivation.sql.password
UPDATE Users SET Hash = HASHBYTES('SHA2_256', @Password);
-- ok: weak_key_derivation.sql.password
SELECT sha256(document) FROM documents;
-- ruleid: weak_key_derivation.sql.salt
UPDATE users SET password = crypt(p_password, gen_salt('md5'));
-- ruleid: weak_key_derivation.sql.salt
UPDATE users SET password = crypt(p_password, gen_salt('bf'));
-- ok: weak_key_derivation.sql.salt
UPDATE users SET password = crypt(p_password, gen_salt('bf', 12));
