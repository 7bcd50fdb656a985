SET SESSION block_encryption_mode = 'aes-256-cbc';
-- ok: broken_cipher.sql.default_mode
SELECT AES_ENCRYPT(card_number, @pan_key);
