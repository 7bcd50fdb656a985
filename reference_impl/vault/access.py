"""Who may do what with the vault. Asked here once more, whatever a route has asked before (7.2.5, 8.4)."""

from __future__ import annotations

from reference_impl.auth.model import NEEDS_PCI_ACCESS, NEEDS_STEP_UP, PCI_ACCESS, Caller, Permission
from reference_impl.errors import ForbiddenError, StepUpRequiredError


def permit(caller: Caller, permission: Permission) -> None:
    """Raises ForbiddenError, or StepUpRequiredError where only a fresh second factor is missing."""
    if permission not in caller.principal.permissions:
        raise ForbiddenError("the permission is missing")
    if permission in NEEDS_PCI_ACCESS and PCI_ACCESS not in caller.principal.roles:
        raise ForbiddenError("the role for account data is missing")
    if permission in NEEDS_STEP_UP and not caller.stepped_up:
        raise StepUpRequiredError("a second factor is wanted for this")
