"""What goes wrong, and what a caller is told of it.

ServiceError
├── InvalidInputError        422  what was sent breaks a rule
├── NotAuthenticatedError    401  no identity, or one that cannot be verified
├── ForbiddenError           403  an identity without the permission
├── StepUpRequiredError      403  a permission that wants a fresh second factor
├── NotFoundError            404  nothing of that name in this tenant
├── ConflictError            409  an idempotency key used for something else
├── TooLargeError            413
├── SlowRequestError         408
├── LimitedError             429  asked too often
├── DeclinedError            402  the issuer or processor said no
├── UnavailableError         503  a database, key store or gateway does not answer
├── StatementRefusedError    500  a statement that the policy lets not through
├── IntegrityError           500  stored data is not what was written
└── ConfigurationError       -    the service must not start like this

No message may hold what a caller sent: it reaches responses and logs.
"""

from __future__ import annotations


class ServiceError(Exception):
    """`status`: of the HTTP response; `code`: stable, for programs; the message is for people."""

    status = 500
    code = "internal_error"


class InvalidInputError(ServiceError):
    """`field`: which one, as a dotted path; never its value."""

    status = 422
    code = "invalid_input"

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotAuthenticatedError(ServiceError):
    """Nobody, or somebody who cannot prove it."""

    status = 401
    code = "not_authenticated"


class ForbiddenError(ServiceError):
    """Somebody who may not."""

    status = 403
    code = "forbidden"


class StepUpRequiredError(ForbiddenError):
    """Somebody who may, after a fresh second factor."""

    code = "step_up_required"


class NotFoundError(ServiceError):
    """The same answer for what does not exist and for what belongs to another tenant."""

    status = 404
    code = "not_found"


class ConflictError(ServiceError):
    """The state does not allow it."""

    status = 409
    code = "conflict"


class TooLargeError(ServiceError):
    """More bytes than are read."""

    status = 413
    code = "too_large"


class SlowRequestError(ServiceError):
    """A request that takes longer to arrive than is waited for."""

    status = 408
    code = "request_timeout"


class LimitedError(ServiceError):
    """`retry_after`: seconds."""

    status = 429
    code = "too_many_requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DeclinedError(ServiceError):
    """The payment was refused; `code` is the processor's reason in our words, where it gave one."""

    status = 402
    code = "declined"

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code or type(self).code


class UnavailableError(ServiceError):
    """Something this service needs does not answer; nothing was done, or it is not known whether."""

    status = 503
    code = "unavailable"


class StatementRefusedError(ServiceError):
    """SQL that would write account data in clear, or that cannot be looked into: a defect, or somebody's attempt."""

    status = 500
    code = "statement_refused"


class IntegrityError(ServiceError):
    """Stored data fails its authentication: changed, moved to another row, or written under another key."""

    status = 500
    code = "integrity_error"


class ConfigurationError(ServiceError):
    """Settings or keys with which the service must not start."""

    code = "configuration_error"
