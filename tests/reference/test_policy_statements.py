"""What the policy lets through and what not, by a real OPA server; D67 and every way around it that we know."""

# ruff: noqa: S608 - statements put together from text are what is tried here
from __future__ import annotations

import asyncio

import pytest

from reference_impl.policy.model import question
from reference_impl.policy.opa import OpaDecider
from reference_impl.policy.parsing import facts
from reference_impl.policy.values import card_numbers
from tests.reference.policy_server import PolicyServer

PAN = "4000056655665556"
P, S = "postgresql", "sqlite"

REFUSED = {
    "in small letters": (P, "insert into cards (card_number) values ($1)"),
    "in capitals": (P, "INSERT INTO CARDS (CARD_NUMBER) VALUES ($1)"),
    "pan": (P, "INSERT INTO cards (pan) VALUES ($1)"),
    "camel case": (P, 'INSERT INTO cards ("cardNumber") VALUES ($1)'),
    "a space in the name": (P, 'INSERT INTO cards ("card number") VALUES ($1)'),
    "other quotes": (S, "INSERT INTO cards ([card_number]) VALUES (?)"),
    "backquotes": (S, "INSERT INTO cards (`card_number`) VALUES (?)"),
    "cvv": (P, "INSERT INTO cards (cvv) VALUES ($1)"),
    "encrypted cvv": (P, "INSERT INTO cards (encrypted_cvv) VALUES ($1)"),
    "track": (P, "INSERT INTO swipes (track2_data) VALUES ($1)"),
    "pin block": (P, "INSERT INTO swipes (pin_block) VALUES ($1)"),
    "schema": (P, "INSERT INTO public.cards (card_number) VALUES ($1)"),
    "database and schema": (P, 'INSERT INTO shop."public".cards (card_number) VALUES ($1)'),
    "a comment between": (P, "INSERT/* */INTO/**/cards/*x*/(/* */card_number) VALUES ($1)"),
    "a comment in a comment": (P, "/* /* */ */ INSERT INTO cards (card_number) VALUES ($1)"),
    "a comment that ends": (P, "-- SELECT 1\nINSERT INTO cards (card_number) VALUES ($1)"),
    "a comment that is none": (S, "/* /* */ INSERT INTO cards (pan) VALUES (?) -- */"),
    "update": (P, "UPDATE cards SET card_number = $1 WHERE id = $2"),
    "update with an alias": (P, "UPDATE cards AS c SET pan = $1 FROM other AS pan_of WHERE c.id = pan_of.id"),
    "update of several": (P, "UPDATE cards SET (a, pan) = ($1, $2)"),
    "update from a query": (P, "UPDATE notes SET note = (SELECT card_number FROM cards LIMIT 1)"),
    "on conflict": (P, "INSERT INTO cards (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET card_number = $2"),
    "insert or replace": (S, "INSERT OR REPLACE INTO cards (pan) VALUES (?)"),
    "replace": (S, "REPLACE INTO cards (pan) VALUES (?)"),
    "merge": (P, "MERGE INTO c USING s ON c.id = s.id WHEN MATCHED THEN UPDATE SET pan = s.x"),
    "merge that inserts": (P, "MERGE INTO c USING s ON c.id = s.id WHEN NOT MATCHED THEN INSERT (pan) VALUES (s.x)"),
    "insert from a query": (P, "INSERT INTO notes (note) SELECT card_number FROM cards"),
    "insert under an alias": (P, "INSERT INTO notes (note) SELECT c.pan AS note FROM cards AS c"),
    "with": (P, "WITH n AS (INSERT INTO cards (pan) VALUES ($1) RETURNING id) SELECT * FROM n"),
    "with, read": (P, "WITH n AS (SELECT card_number AS x FROM cards) INSERT INTO notes (note) SELECT x FROM n"),
    "select into": (P, "SELECT card_number INTO notes FROM cards"),
    "create as": (P, "CREATE TABLE notes AS SELECT card_number AS note FROM cards"),
    "create": (P, "CREATE TABLE cards (id int, card_number text)"),
    "add a column": (P, "ALTER TABLE cards ADD COLUMN pan varchar(19)"),
    "rename a column": (P, "ALTER TABLE cards RENAME COLUMN note TO card_number"),
    "no columns": (P, "INSERT INTO cards VALUES ($1, $2)"),
    "no columns, from a query": (P, "INSERT INTO cards SELECT * FROM old"),
    "all columns": (P, "INSERT INTO notes (id, note) SELECT * FROM legacy"),
    "all columns of one": (P, "INSERT INTO notes (id, note) SELECT l.* FROM legacy AS l"),
    "a table": (P, "INSERT INTO notes (id, note) TABLE legacy"),
    "create as, all columns": (P, "CREATE TABLE notes AS TABLE legacy"),
    "a whole row": (P, "INSERT INTO notes (note) SELECT l::text FROM legacy AS l"),
    "a whole row, no alias": (P, "UPDATE notes SET note = legacy::text FROM legacy"),
    "columns by their place": (P, "INSERT INTO notes (note) SELECT b FROM legacy AS l (a, b)"),
    "columns by their place, with": (P, "WITH n (a, b) AS (TABLE legacy) INSERT INTO notes (note) SELECT b FROM n"),
    "columns of another table": (P, "CREATE TABLE notes (LIKE legacy)"),
    "copy": (P, "COPY cards (card_number) FROM STDIN"),
    "copy of something else": (P, "COPY cards (note) FROM '/tmp/cards'"),
    "copy to a program": (P, "COPY (SELECT 1) TO PROGRAM 'sh'"),
    "prepare": (P, "PREPARE x AS INSERT INTO cards (card_number) VALUES ($1)"),
    "execute": (P, "EXECUTE x ($1)"),
    "do": (P, "DO $$ BEGIN INSERT INTO cards (pan) VALUES (1); END $$"),
    "do, as a text": (P, "DO LANGUAGE plpgsql 'BEGIN END'"),
    "call": (P, "CALL store_card($1)"),
    "function": (P, "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql"),
    "trigger": (P, "CREATE TRIGGER t AFTER INSERT ON cards FOR EACH ROW EXECUTE FUNCTION f()"),
    "rule": (P, "CREATE RULE r AS ON INSERT TO notes DO ALSO INSERT INTO cards VALUES (1)"),
    "view": (P, "CREATE VIEW v AS SELECT card_number AS note FROM cards"),
    "explain": (P, "EXPLAIN ANALYZE INSERT INTO cards (pan) VALUES ($1)"),
    "function that writes": (P, "SELECT store_card($1)"),
    "function that runs SQL": (P, "SELECT query_to_xml('INSERT INTO cards (pan) VALUES (1)', true, true, '')"),
    "several": (P, "SELECT 1; INSERT INTO notes (note) VALUES ($1)"),
    "several, the second bad": (P, "SELECT 1; UPDATE cards SET pan = $1"),
    "a literal": (P, f"INSERT INTO notes (note) VALUES ('{PAN}')"),
    "a number": (P, f"INSERT INTO notes (note) VALUES ({PAN})"),
    "a literal in pieces": (P, "INSERT INTO notes (note) VALUES ('40000' '566556' || '65556')"),
    "concat": (P, "INSERT INTO notes (note) VALUES (concat($1, $2))"),
    "two parameters in one": (P, "INSERT INTO notes (note) VALUES ($1::text || $2::text)"),
    "chr": (P, "INSERT INTO notes (note) VALUES (chr(52) || chr(48))"),
    "reverse": (P, "INSERT INTO notes (note) VALUES (reverse($1))"),
    "arithmetic": (P, "INSERT INTO notes (note) VALUES ((40000566 * 100000000 + 55665556)::text)"),
    "a name for a text": (S, f'INSERT INTO notes (note) VALUES ("{PAN}")'),
    "an alias of digits": (P, f'SELECT 1 AS "{PAN}"'),
    "dollar quotes": (P, f"INSERT INTO notes (note) VALUES ($${PAN}$$)"),
    "dollar quotes with a tag": (P, f"INSERT INTO notes (note) VALUES ($x${PAN}$x$)"),
    "escaped": (P, r"INSERT INTO notes (note) VALUES (E'\x34000')"),
    "unicode escapes": (P, r"INSERT INTO notes (note) VALUES (U&'\0034')"),
    "unicode escapes in a name": (P, r'INSERT INTO cards (U&"c\0061rd_number") VALUES ($1)'),
    "unicode escapes in what is set": (P, r'UPDATE cards SET U&"c\0061rd_number" = $1'),
    "hexadecimal": (P, "INSERT INTO notes (note) VALUES (x'3430')"),
    "bits": (P, "INSERT INTO notes (note) VALUES (b'0101')"),
    "a key of a document": (P, "UPDATE notes SET doc = jsonb_set(doc, '{card_number}', $1)"),
    "a key by itself": (P, "UPDATE notes SET doc['cardNumber'] = $1"),
    "attach": (S, "ATTACH DATABASE 'elsewhere' AS other"),
    "vacuum into": (S, "VACUUM INTO 'elsewhere'"),
    "nothing": (P, ""),
    "no SQL": (P, "what is this?"),
}

LET_THROUGH = {
    "company": (P, "INSERT INTO shops (company, companies, expand_panel, japan) VALUES ($1, $2, $3, $4)"),
    "a token": (P, "INSERT INTO payments (token, card_token, pan_token) VALUES ($1, $2, $3)"),
    "ciphertext": (P, "INSERT INTO cards (encrypted_pan, pan_ciphertext) VALUES ($1::BYTEA, $2::BYTEA)"),
    "a keyed hash": (P, "INSERT INTO cards (pan_hmac, pan_fingerprint) VALUES ($1, $2)"),
    "last four": (P, "INSERT INTO cards (card_last_four, masked_pan) VALUES ($1, $2)"),
    "a pin": (P, "UPDATE boards SET gpio_pin = $1, pinned = $2 WHERE id = $3"),
    "a tracking number": (P, "UPDATE parcels SET tracking_number = $1, track_id = $2"),
    "reading": (P, "SELECT id, card_number FROM legacy WHERE id = $1"),
    "a few digits": (P, "UPDATE jobs SET state = 'done' WHERE age > 86400 LIMIT 100"),
    "delete": (P, "DELETE FROM tokens WHERE tenant = $1 AND id = $2"),
    "upsert": (S, "INSERT INTO a (b) VALUES (?) ON CONFLICT (b) DO UPDATE SET b = excluded.b RETURNING b"),
    "arrays": (P, "INSERT INTO a (b, c) SELECT unnest($1::VARCHAR[]), unnest($2::BYTEA[]) ON CONFLICT DO NOTHING"),
    "twenty parameters": (P, f"INSERT INTO a (b) VALUES {', '.join(f'(${n})' for n in range(1, 21))}"),
    "counted": (P, "UPDATE jobs SET left_over = (SELECT count(*) FROM tasks WHERE job = $1) WHERE id = $1"),
    "columns of what is given": (P, "INSERT INTO a (b) SELECT x.b FROM unnest($1::VARCHAR[]) AS x (b)"),
    "savepoint": (P, "RELEASE SAVEPOINT sa_savepoint_1"),
    "begin": (S, "BEGIN IMMEDIATE"),
}


def decision(server: PolicyServer, dialect: str, text: str, values: list[object]) -> tuple[bool, tuple[str, ...]]:
    decider = OpaDecider(server.url, 4.0)
    found = asyncio.run(decider.decide(question(facts(text, dialect), card_numbers(values))))
    return found.allowed, found.reasons


@pytest.mark.parametrize("name", REFUSED)
def test_refused(policy_server: PolicyServer, name: str) -> None:
    allowed, reasons = decision(policy_server, *REFUSED[name], [])
    assert not allowed and reasons
    assert PAN not in str(reasons)


@pytest.mark.parametrize("name", LET_THROUGH)
def test_let_through(policy_server: PolicyServer, name: str) -> None:
    assert decision(policy_server, *LET_THROUGH[name], ["tok_4000x", 7, None, b"\x00" * 40]) == (True, ())


CARDS = [PAN, "4000 0566 5566 5556", "4000-0566-5566-5556", f"card {PAN}, please", int(PAN), PAN.encode(), float(PAN)]


@pytest.mark.parametrize("value", [*CARDS, [PAN], ["a", [PAN]], bytearray(PAN, "ascii")], ids=str)
def test_a_card_number_in_any_column(policy_server: PolicyServer, value: object) -> None:
    note = "INSERT INTO notes (id, note) VALUES ($1, $2)"
    allowed, reasons = decision(policy_server, P, note, ["id", value])
    assert (allowed, reasons) == (False, ("it writes, and parameter 2 reads as a card number",))
    assert decision(policy_server, P, "SELECT id FROM notes WHERE note = $1", [value])[0]


@pytest.mark.parametrize(
    "value",
    [
        *("4000056655665557", "400005665566", f"tok_{PAN}", f"{PAN}.5", f"0.{PAN}", f"a{PAN}", f"1{PAN}999", ""),
        *(12, -1, 10**30, float("nan"), float("inf"), 4000056655665556.5 / 3, None, True, b"\xff" * 16),
        pytest.param(object(), id="an object"),
    ],
    ids=str,
)
def test_what_is_no_card_number(value: object) -> None:
    assert card_numbers([value]) == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"statements": []},
        {"statements": [], "parameters": []},
        {"statements": [{}], "parameters": []},
        {"statements": [{"kind": "INSERT"}], "parameters": []},
        {"statements": "INSERT", "parameters": []},
        {"statements": [{"kind": "SELECT"}, None], "parameters": []},
    ],
    ids=str,
)
def test_half_a_question_is_answered_with_no(policy_server: PolicyServer, asked: dict[str, object]) -> None:
    assert not asyncio.run(OpaDecider(policy_server.url, 4.0).decide(asked)).allowed


@pytest.mark.parametrize("text", ["update cards set card_number = $1", "UPDATE Cards SET CARD_NUMBER=$1 WHERE id=$2"])
def test_an_update_writes_what_it_names_however_it_is_spelled(text: str) -> None:
    [found] = facts(text, P)
    assert found.writes
    assert "card_number" in [name.lower() for name in found.names]


def test_no_value_leaves_the_process() -> None:
    text = f"INSERT INTO notes (note, other) VALUES ('{PAN}', $1)"
    assert PAN not in str(question(facts(text, P), card_numbers([PAN])))
    assert PAN not in str(question(facts(f'SELECT 1 AS "{PAN}", "x {PAN}"', P), []))


def test_deep_nesting_is_no_way_through() -> None:
    [found] = facts(f"INSERT INTO a (b) VALUES ({'(' * 5000}1{')' * 5000})", P)
    assert found.opaque
