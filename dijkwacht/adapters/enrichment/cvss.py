"""The base score of a CVSS vector, by the library of Red Hat; no score for a vector that is none."""

from functools import lru_cache

from cvss import CVSS2, CVSS3, CVSS4  # type: ignore[import-untyped]
from cvss.exceptions import CVSSError  # type: ignore[import-untyped]

_SCHEMES = {"cvss-2": CVSS2, "cvss-3": CVSS3, "cvss-4": CVSS4}
LONGEST = 300  # characters; a real vector has at most about two hundred


@lru_cache(maxsize=65_536)
def base_score(scheme: str, vector: str) -> float | None:
    """The base score, 0 to 10, of a vector in `cvss-2`, `cvss-3` or `cvss-4`; None when it cannot be read. Never raises."""
    made = _SCHEMES.get(scheme)
    if made is None or len(vector) > LONGEST:
        return None
    try:
        return float(made(vector).scores()[0])
    except (CVSSError, ValueError, ArithmeticError, LookupError, TypeError):
        return None
