-- ruleid: weak_hash.sql.password
SELECT * FROM users WHERE password = md5(p_password);
-- ruleid: weak_hash.sql.password
UPDATE Users SET Hash = HASHBYTES('SHA1', @Password + Salt);
-- ok: weak_hash.sql.password
SELECT md5(file_name) FROM files;
-- ok: weak_hash.sql.password
SELECT crypt(p_password, gen_salt('bf', 12));
