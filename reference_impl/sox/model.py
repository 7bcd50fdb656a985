"""Financial records, what they are compared with, and what is approved by another person."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Protocol

from reference_impl.audit.model import Filter, Record
from reference_impl.auth.model import Caller
from reference_impl.errors import ConflictError, ForbiddenError
from reference_impl.money import Money

SERVICE = "-"
"""The tenant of what concerns the whole service."""

_ID = re.compile(r"(?:per|apr|cfg)_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{22}")


class Entry(NamedTuple):
    """A payment, charge or refund as its store has it: `resource`, as records name it; `action`, `outcome`: as what it
    must have been recorded, None while it is open; `began`: before its first record.
    """

    resource: str
    action: str | None
    outcome: str | None
    money: Money
    began: datetime


class Ledger(Protocol):
    """A store of money that moves, to be compared with the records. `kind`: what resources begin with."""

    @property
    def kind(self) -> str:
        """payment, charge or refund."""
        ...

    async def settled(self, tenant: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """What came to its outcome in that time; `until` is not in it. Raises UnavailableError."""
        ...

    async def found(self, tenant: str, resources: Sequence[str]) -> Mapping[str, Entry]:
        """Those there are, by their resources. Raises UnavailableError."""
        ...


class Verified(NamedTuple):
    """A chain that is as it was written. `first`: the number of the first record at hand; `last`: of the last, which
    has `mac`; `anchored`: how many the anchor counts, None without one.
    """

    log: str
    first: int
    last: int
    mac: bytes
    anchored: int | None


class Chain(Protocol):
    """The audit log, for evidence."""

    async def verified(self) -> Verified:
        """Up to now. Raises IntegrityError, which says what is wrong, and UnavailableError."""
        ...

    def records(self, wanted: Filter, last: int) -> Iterator[Record]:
        """Oldest first, up to that number; blocks. Raises as `verified`."""
        ...


class Problem(str, Enum):
    """How store and records differ. NOT_RECORDED: it is in the store and was never recorded; NOT_STORED: the other way
    round; OPEN: recorded as settled, and the store has it under way.
    """

    NOT_RECORDED = "not_recorded"
    NOT_STORED = "not_stored"
    OPEN = "open"
    OUTCOME = "outcome_differs"
    AMOUNT = "amount_differs"


class Difference(NamedTuple):
    """`number`: of the record, if there is one."""

    resource: str
    problem: Problem
    number: int | None


class Total(NamedTuple):
    """Control total: how many payments, charges or refunds, each once, and their sum. `amount`: minor units."""

    action: str
    outcome: str
    currency: str
    times: int
    amount: int


@dataclass(frozen=True, slots=True)
class Report:
    """Of one tenant and period. `people`: who moved money in it; `numbers`: of its first and last financial record,
    None for a period without any; `records`: how many financial records it has, repeated ones too.
    """

    tenant: str
    since: datetime
    until: datetime
    made_by: str
    made_at: datetime
    chain: Verified
    records: int
    numbers: tuple[int, int] | None
    totals: Sequence[Total]
    people: Sequence[str]
    compared: int
    differences: Sequence[Difference]
    differing: int

    @property
    def document(self) -> dict[str, Any]:
        """As it is signed and shown."""
        first, last = self.numbers or (None, None)
        return {
            "tenant": self.tenant,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "made_by": self.made_by,
            "made_at": self.made_at.isoformat(),
            "chain": {
                "log": self.chain.log,
                "first": self.chain.first,
                "last": self.chain.last,
                "mac": self.chain.mac.hex(),
                "anchored": self.chain.anchored,
            },
            "financial_records": {"count": self.records, "first": first, "last": last},
            "totals": [total._asdict() for total in self.totals],
            "people": list(self.people),
            "compared": self.compared,
            "differences": [
                {"resource": one.resource, "problem": one.problem.value, "number": one.number}
                for one in self.differences
            ],
            "differing": self.differing,
        }


def canonical(document: Mapping[str, Any]) -> str:
    """One way to write it: keys sorted, no spaces, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def statement(document: Mapping[str, Any]) -> bytes:
    """What is signed of a report."""
    return b"sox report 1\n" + canonical(document).encode()


class SamePersonError(ForbiddenError):
    """Four eyes are wanted."""

    code = "same_person"

    def __init__(self, why: str = "somebody else has to do this") -> None:
        super().__init__(why)


class ApprovalRequiredError(ConflictError):
    """Another person has to say yes first; then the same request is sent again."""

    code = "approval_required"

    def __init__(self, approval: str) -> None:
        super().__init__(f"another person has to approve {approval} at /v1/approvals; then send the same request again")


class Approvals(Protocol):
    """Asks another person before money goes out."""

    async def need(self, caller: Caller, subject: str, money: Money, before: int) -> None:
        """Returns if it was approved, or is below the limit, together with what went out of the same before.

        `before`: in minor units. Raises ApprovalRequiredError, ForbiddenError (it was refused), UnavailableError.
        """
        ...


class Witness(Protocol):
    """Writes down changes of configuration and keys (6.5.1)."""

    async def changed(self, tenant: str, what: str, old: str, new: str, by: str) -> None:
        """On the audit chain, and for another person to approve. Raises UnavailableError."""
        ...


def new_id(kind: str) -> str:
    """`kind`: per, apr or cfg. Without a long number, so that it is not taken for a card's."""
    while not is_id(name := f"{kind}_{secrets.token_urlsafe(16)}"):
        pass
    return name


def is_id(text: str) -> bool:
    """Whether it has the form of one of these."""
    return _ID.fullmatch(text) is not None
