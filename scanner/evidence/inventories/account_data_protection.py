"""What a declaration says of a column or field beside its name: how it is protected, whether its type can hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.evidence.inventories.account_data_names import Meaning

_ENCRYPTED = re.compile(r"(?i)[\w@.]*(?:encr(?!oach)|encipher|cipher|seal(?!ed class)|fernet|pgp_|crypto|\bkms)\w*")
_NOT_ENCRYPTED = re.compile(r"(?i)unencrypt|decrypt|not[ _]encrypt")
_FLAG_OR_TIME = re.compile(r"(?i)\b(?:bool\w*|datetime\w*|timestamp\w*|timestamptz|interval|bit\(1\))|^(?:date|time)\b")
_LENGTH = re.compile(r"(?i)(?:char|string|unicode|text|length\s*=|max_length\s*=|length:)\W{0,3}(\d{1,4})\b")
_SHORTEST_PAN = 12
_SHORTEST_CODE = 3
_KEPT = re.compile(r"(?i)\bret(?:ain|ention)|\bdelet|\bpurg|\bkept? (?:for|until)|\bexpires? after|\b\d+ days?\b")
_TEXTS = ("type", "also", "marks")


def fits(meant: Meaning, said: Mapping[str, str]) -> bool:
    """Whether the type can hold it: no flag, no last four digits. What is said to be protected has any type."""
    text = " ".join(said.get(name, "") for name in _TEXTS)
    if meant.element != "expiration_date" and _FLAG_OR_TIME.search(text):
        return False
    length = _length(said, text)
    if length is None or meant.protected:
        return True
    shortest = {"pan": _SHORTEST_PAN, "verification_code": _SHORTEST_CODE}.get(meant.element, 0)
    return length >= shortest


def _length(said: Mapping[str, str], text: str) -> int | None:
    given = said.get("length", "")
    if given.isdigit():
        return int(given)
    match = _LENGTH.search(text)
    return int(match[1]) if match else None


def unreadable(meant: Meaning, said: Mapping[str, str]) -> str:
    """How, and what shows it; "": nothing says so, which is not that it is readable."""
    if said.get("encrypted"):
        return "encryption (option of the column)"
    for name in _TEXTS:
        match = _ENCRYPTED.search(said.get(name, ""))
        if match and not _NOT_ENCRYPTED.search(match[0]):
            return f"encryption (declared: {match[0]})"
    return f"{meant.protected} (by its name)" if meant.protected else ""


def retention(said: Mapping[str, str]) -> str:
    """What a comment of the column or table says of it, in its own words."""
    comments = (said.get("comment", ""), said.get("comment of table", ""))
    return next((comment for comment in comments if _KEPT.search(comment)), "")
