"""Whether somebody can have been at two places: by the speed that it takes."""

from __future__ import annotations

import math

from reference_impl.fraud.model import Place
from reference_impl.fraud.settings import TravelPolicy
from reference_impl.fraud.velocity.model import Sighting

EARTH_KM = 6371.0088
"""Mean radius (IUGG, WGS 84). Taking the earth for a sphere is wrong by at most 0.6 %."""

_HOUR = 3600.0


def distance_km(one: Place, other: Place) -> float:
    """Along the great circle, by the haversine formula (Sinnott 1984): right for small distances, over the date line
    and at the poles.
    """
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def impossible(one: Sighting | None, other: Sighting | None, policy: TravelPolicy) -> bool:
    """False when either place is not known: nowhere is not at 0°, 0°. The order of the two does not matter."""
    if one is None or other is None:
        return False
    distance = distance_km(one.place, other.place)
    if distance <= policy.ignore_km:
        return False
    hours = abs((other.at - one.at).total_seconds()) / _HOUR
    return distance > policy.max_km_per_hour * hours
