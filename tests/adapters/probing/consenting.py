"""Consents for tests, written short."""

from datetime import datetime
from typing import Any

from dijkwacht.adapters.probing.consents import consent_of
from dijkwacht.core.consent import Consent

ZONE = datetime.fromisoformat("2026-01-01T00:00:00+01:00").tzinfo
WHOLE_YEAR = {"from": "2026-01-01", "until": "2026-12-31"}


def consent(**row: Any) -> Consent:
    """A consent as a file would hold it; in 2026 unless it says otherwise."""
    return consent_of(WHOLE_YEAR | row, zone=ZONE)
