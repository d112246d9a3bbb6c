"""Days of moments, where the organisations are."""

from datetime import date, datetime

from dijkwacht.web.moments import local


def day_of(at: datetime) -> date:
    """The day of a moment on the clocks of the organisation."""
    return local(at).date()
