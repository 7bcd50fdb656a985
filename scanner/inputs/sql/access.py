"""Who may do what: users, grants and settings while statements are carried out."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.inputs.sql.names import Key, Name
from scanner.inputs.sql.operations import DropUser, EditUser, Grant, Setting
from scanner.inputs.sql.state import Granted, User

_MAX_GRANTS = 50  # to one grantee on one object
_Target = tuple[str, Key | None]


class Access:
    """Users by name, settings by scope, and what is left of each GRANT."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.settings: dict[tuple[str, str, str], Setting] = {}
        self._grants: dict[_Target, dict[str, list[Granted]]] = {}
        self._statements = 0

    def grants(self) -> Iterator[Granted]:
        """In no particular order; `Granted.statement` says which came first."""
        for grantees in self._grants.values():
            for granted in grantees.values():
                yield from granted

    def edit_user(self, edit: EditUser) -> None:
        """CREATE and ALTER alike: what is altered exists, wherever it was created."""
        user = self.users.setdefault(edit.user.key, User(edit.user))
        user.facts |= edit.said
        user.password_spot = edit.password_spot or user.password_spot
        if edit.said.get("password") is False:
            user.password_spot = None

    def drop_users(self, drop: DropUser) -> None:
        for account in drop.users:
            self.users.pop(account.key, None)

    def set(self, setting: Setting) -> None:
        key = (setting.scope, setting.target, setting.name.text)
        if setting.value is None or setting.value.upper() == "DEFAULT":
            self.settings.pop(key, None)
        else:
            self.settings[key] = setting

    def grant(self, grant: Grant) -> None:
        self._statements += 1
        grantees = self._grants.setdefault(_target(grant.object_type, grant.object_name), {})
        for account in grant.grantees:
            given = grantees.setdefault(account.key, [])
            granted = Granted(self._statements, list(grant.privileges), grant, account)
            if not any(granted.repeats(each) for each in given[:_MAX_GRANTS]):
                given.append(granted)

    def revoke(self, revoked: Grant) -> None:
        """Takes away what is named; of ALL nothing less than ALL can be taken.

        Where somebody was given more on one object than anybody would write down, it stays: rather that than to forget.
        """
        grantees = self._grants.get(_target(revoked.object_type, revoked.object_name), {})
        for account in revoked.grantees:
            given = grantees.get(account.key, [])
            if len(given) <= _MAX_GRANTS:
                grantees[account.key] = [granted for granted in given if _left(granted, revoked)]

    def forget_table(self, name: Name) -> None:
        """A table that is dropped takes its grants along."""
        self._grants.pop(_target("table", name), None)


def _target(kind: str, name: Name | None) -> _Target:
    return kind, name.key if name else None


def _left(granted: Granted, revoked: Grant) -> bool:
    """Carries the revocation out on one grant; whether anything is left of it."""
    if revoked.option_only:
        granted.grant_option = False
    elif revoked.columns:  # of a grant on the whole table no single column can be taken
        if granted.columns:
            granted.columns = tuple(column for column in granted.columns if column not in revoked.columns)
            return bool(granted.columns)
    elif "all" in revoked.privileges:
        return False
    else:
        granted.privileges = [privilege for privilege in granted.privileges if privilege not in revoked.privileges]
    return bool(granted.privileges)
