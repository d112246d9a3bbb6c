"""Reports of a monitoring service (SOC, MDR): a table in CSV or a workbook, JSON, or a STIX 2.1 bundle with sightings.

Here: which of these a file is, by what is in it and not by its name.
"""

import time
from collections.abc import Callable

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.monitoring import report_json, stix, table
from dijkwacht.adapters.monitoring.strict_json import load
from dijkwacht.core.monitoring import Given, Read, finished
from dijkwacht.core.table_notes import Notes

__all__ = ["FORMS", "LIMITS", "read_report"]

FORMS = (table.FORM, report_json.FORM, stix.FORM)
LIMITS = Limits(size=20 * MEGABYTE, unpacked=150 * MEGABYTE, rows=50_000, cells=1_000_000, seconds=30.0, depth=32)


def read_report(
    data: bytes,
    name: str,
    given: Given = Given(),  # noqa: B008 (frozen)
    *,
    limits: Limits = LIMITS,
    clock: Callable[[], float] = time.monotonic,
) -> Read:
    """The report in a file. ``given``: what the person says of it, where the file does not. All that is wrong is a problem."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t \0").replace(b"\0", b"")
    if not start.startswith((b"{", b"[")):
        return table.read(data, name, given, limits=limits, clock=clock)
    notes = Notes()
    try:
        found = load(data, limits)
    except TableError as error:
        notes.problem(error.problem.code, error.problem.place, **error.problem.params)
        return finished(report_json.FORM, None, notes)
    if found.get("type") == "bundle":
        return stix.of(found, given, notes, limits=limits)
    return report_json.of(found, given, notes, limits=limits)
