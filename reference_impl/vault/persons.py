"""Cards of persons: sealed under the person's key first and under the tenant's over it.

The tenant's keys lie, wrapped, in every backup; a person's key lies in none and ends with an erasure. What was enclosed
with it opens for nobody from then on, and its fingerprint, made with the same key, can be tried by nobody: a tenant's
fingerprint beside the last four digits gives the number away to whoever has the tenant's keys.
"""

from __future__ import annotations

from reference_impl.crypto.envelope import Place, seal, unseal
from reference_impl.errors import IntegrityError
from reference_impl.keys.model import SUBJECT_KEY_VERSION, DataKey, MacKey, SubjectKey
from reference_impl.vault.encoding import ENCLOSED

MARKED_BY_PERSONS = 0
"""Instead of the version of a tenant's key, beside fingerprints that a person's key made: those never get old."""


def mac_of(person: SubjectKey) -> MacKey:
    """For fingerprints that find a card among this person's."""
    return MacKey(MARKED_BY_PERSONS, person.blind)


def sealed_for(person: SubjectKey, key: DataKey, plain: bytes, place: Place) -> bytes:
    """An envelope of the tenant's `key` around one of the person's. `plain`: see `encoding`."""
    inner = seal(person.cipher, SUBJECT_KEY_VERSION, plain, _inside(place, person))
    return seal(key.cipher, key.version, ENCLOSED + inner, place)


def is_enclosed(plain: bytes) -> bool:
    """Whether what the tenant's key sealed is a person's."""
    return plain.startswith(ENCLOSED)


def disclosed(person: SubjectKey, plain: bytes, place: Place) -> bytes:
    """What `sealed_for` was given. `plain`: what the tenant's key sealed. Raises IntegrityError."""
    if not is_enclosed(plain):
        raise IntegrityError("a person's card is not under the person's key")
    return unseal(person.cipher, plain[len(ENCLOSED) :], _inside(place, person))


def _inside(place: Place, person: SubjectKey) -> Place:
    return Place(place.tenant, place.name, f"{place.purpose} of {person.subject}")
