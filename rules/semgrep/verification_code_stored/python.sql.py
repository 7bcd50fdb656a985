"""SQL in strings."""


def schema(cursor):
    cursor.execute(
        """
        CREATE TABLE IF NOT EXISTS cards (
            id BIGSERIAL PRIMARY KEY,
            token TEXT NOT NULL,
            -- ruleid: verification_code_stored.python.sql
            cvv VARCHAR(4),
            cvv_result CHAR(1)
        )
        """
    )
    # ruleid: verification_code_stored.python.sql
    cursor.execute("ALTER TABLE cards ADD COLUMN cvv2 CHAR(4)")
    # ok: verification_code_stored.python.sql
    cursor.execute("ALTER TABLE cards DROP COLUMN cvv2")
    # ok: verification_code_stored.python.sql
    cursor.execute("CREATE TABLE authorisations (id INT, cvv_result CHAR(1), cvv BOOLEAN)")


def write(cursor, card, code):
    # ruleid: verification_code_stored.python.sql
    cursor.execute("INSERT INTO cards (token, cvv) VALUES (%s, %s)", (card.token, code))
    # ruleid: verification_code_stored.python.sql
    cursor.execute(f"INSERT INTO cards (token, cvv) VALUES ('{card.token}', '{code}')")
    cursor.execute(
        "INSERT INTO cards "
        # ruleid: verification_code_stored.python.sql
        "(token, cvv) VALUES (?, ?)",
        (card.token, code),
    )
    # ruleid: verification_code_stored.python.sql
    cursor.execute("UPDATE cards SET last_used = now(), cvv = %s WHERE id = %s", (code, card.id))
    # ruleid: verification_code_stored.python.encrypted_column
    cursor.execute("INSERT INTO cards (token, cvv_encrypted) VALUES (%s, pgp_sym_encrypt(%s, %s))", (1, code, 2))
    # ok: verification_code_stored.python.sql
    cursor.execute("UPDATE cards SET cvv = NULL WHERE cvv IS NOT NULL")
    # ok: verification_code_stored.python.sql
    cursor.execute("UPDATE cards SET cvv = ''")
    # ok: verification_code_stored.python.sql
    cursor.execute("INSERT INTO payments (token, cvv_result) VALUES (%s, %s)", (card.token, card.result))
    # ok: verification_code_stored.python.sql
    help_text = "Insert into the form the CVV from the back of your card"
    # ok: verification_code_stored.python.sql
    raise ValueError("select a card and enter its cvv")


def read(cursor):
    # ruleid: verification_code_stored.python.sql
    cursor.execute("SELECT card_number, cvv FROM cards WHERE id = %s", (1,))
    # ok: verification_code_stored.python.sql
    cursor.execute("SELECT token, cvv_result FROM payments WHERE id = %s", (1,))
    # ok: verification_code_stored.python.sql
    # INSERT INTO cards (token, cvv) VALUES (%s, %s)
    cursor.execute("DELETE FROM cards WHERE cvv IS NOT NULL")
