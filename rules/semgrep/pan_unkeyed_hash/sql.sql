-- ruleid: pan_unkeyed_hash.sql.digest
UPDATE cards SET fingerprint = md5(card_number);
-- ruleid: pan_unkeyed_hash.sql.digest
SELECT encode(digest(card_number, 'sha256'), 'hex') FROM payments;
-- ruleid: pan_unkeyed_hash.sql.digest
SELECT SHA2(c.card_number, 256) FROM cards c;
-- ruleid: pan_unkeyed_hash.sql.digest
UPDATE dbo.Cards SET Digest = HASHBYTES('SHA2_256', CONVERT(varchar(19), CardNumber));
-- ruleid: pan_unkeyed_hash.sql.digest
SELECT STANDARD_HASH(primary_account_number, 'SHA256') FROM cards;
-- ruleid: pan_unkeyed_hash.sql.digest
CREATE INDEX ON cards (sha256(convert_to(pan, 'UTF8')));
-- ok: pan_unkeyed_hash.sql.digest
UPDATE cards SET fingerprint = hmac(card_number, current_setting('app.pan_key'), 'sha256');
-- ok: pan_unkeyed_hash.sql.digest
SELECT md5(order_number), md5(card_token), sha2(gift_card_number, 256) FROM orders;
-- ok: pan_unkeyed_hash.sql.digest
SELECT SHA2(CONCAT(@pan_secret_key, card_number), 256);
-- ok: pan_unkeyed_hash.sql.digest
SELECT md5(right(card_number, 4)), count(card_number) FROM cards; -- md5(card_number) was there once
