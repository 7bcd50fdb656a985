"""Values that reach nobody by accident: not a log, an error message, a pickle, a JSON document or a comparison."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

T = TypeVar("T", bound="str | bytes")


class Secret(Generic[T]):
    """Holds a value until `reveal()` is called, which is easy to find in a review.

    Printing shows the type only. Comparing, hashing, pickling, copying and iterating raise TypeError: each of them
    would let the value out, or leave a trace of it, without anyone asking for it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        """The value. For the one place that must have it."""
        return self._value

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is neither compared, hashed, copied nor serialised")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = _refuse
    __iter__ = __len__ = __bool__ = __contains__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = __copy__ = __deepcopy__ = _refuse
