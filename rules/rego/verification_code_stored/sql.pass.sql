CREATE TABLE payment_methods (
    id              bigserial PRIMARY KEY,
    card_token      text NOT NULL,
    cvv_result      char(1),
    cvv_provided    boolean,
    encrypted_cvv_present boolean,
    encrypted_token bytea,
    requires_cvv    boolean NOT NULL DEFAULT false,
    cvc_checked_at  timestamptz,
    verification_code varchar(6),
    old_cvv         varchar(4)
);
COMMENT ON COLUMN payment_methods.verification_code IS 'one-time code of the e-mail confirmation';

-- the column of the first release is gone
ALTER TABLE payment_methods DROP COLUMN old_cvv;

CREATE TABLE csc_matrix (row_index int, csc bytea);
