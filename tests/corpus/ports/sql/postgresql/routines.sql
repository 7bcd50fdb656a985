-- What the service calls. Card numbers come in as parameters and leave as ciphertext; verification codes never come in.
CREATE FUNCTION keep_card(p_id bigint, p_token text, p_card_number text, p_key text, p_fingerprint_key text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cards (id, pan_sealed) VALUES (p_id, pgp_sym_encrypt(p_card_number, p_key, 'cipher-algo=aes256'));
    UPDATE cards SET token = p_token, last4 = right(p_card_number, 4) WHERE id = p_id;
    UPDATE cards SET fingerprint = hmac(p_card_number, p_fingerprint_key, 'sha256') WHERE token = p_token;
    RAISE NOTICE 'kept the card ending in %', right(p_card_number, 4);
    INSERT INTO audit_log (what, old_value) VALUES ('card', right(p_card_number, 4));
END $$;

CREATE FUNCTION pay(p_id bigint, p_token text, p_last4 text, p_card_number text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF p_token IS NULL THEN
        RAISE EXCEPTION 'the card number of payment % is not known', p_id;
    END IF;
    INSERT INTO payments (id, card_token, last4) VALUES (p_id, p_token, p_last4);
END $$;

CREATE FUNCTION authorised(p_id bigint, p_cvv_result text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'the cvv result is %', p_cvv_result;
    INSERT INTO audit_log (what, old_value) VALUES ('cvv result', p_cvv_result);
    UPDATE payments SET cvv_result = p_cvv_result WHERE id = p_id;
END $$;

CREATE FUNCTION terminal(p_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO terminals (id, pin_tries_left) VALUES (p_id, 3);
    UPDATE terminals SET pin_tries_left = pin_tries_left - 1 WHERE id = p_id;
    INSERT INTO terminals (id, track2_present) VALUES (p_id, true);
    UPDATE terminals SET track2_present = false WHERE id = p_id;
END $$;

CREATE FUNCTION cards_of(p_holder text) RETURNS SETOF cards LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT * FROM cards WHERE holder = $1' USING p_holder;
END $$;

CREATE FUNCTION set_password(p_id bigint, p_password text) RETURNS void LANGUAGE sql AS $$
    UPDATE users SET password = crypt(p_password, gen_salt('bf', 12)) WHERE id = p_id;
$$;
