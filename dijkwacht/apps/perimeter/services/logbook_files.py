"""The log of a run as a file, line by line: who asked, when, for which name, to which address, at which level, by which path."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.perimeter.models import JobLog, Run

Lines = Iterable[tuple[JobLog, Event]]
File = tuple[Iterator[bytes], str, str]
"""The content in parts, what it is, and how its name ends."""
IN_A_PART = 500
MARK = "\ufeff".encode()


def jsonl(run: Run, lines: Lines) -> File:
    """One object on a line, with the fields of the log of `dijkwacht scan` and who asked."""

    def parts() -> Iterator[bytes]:
        for visit, event in lines:
            line = _about(run, visit) | event._asdict() | {"at": event.at.isoformat()}
            yield (json.dumps(line, ensure_ascii=False) + "\n").encode()

    return parts(), "application/x-ndjson", "jsonl"


def csv(run: Run, lines: Lines) -> File:
    """A table."""
    titles = (
        _("When"), _("Name"), _("Asked by"), _("Worker"), _("Host"), _("Address"), _("Port"), _("Level"), _("What for"),
        _("What came of it"), _("Path of the consent, refusal or error"), _("Consent of"),
    )  # fmt: skip

    def parts() -> Iterator[bytes]:
        yield write_csv(Sheet("log", titles, ()))
        rows: list[tuple[Value, ...]] = []
        for visit, event in lines:
            about = _about(run, visit)
            rows.append((
                event.at.isoformat(), about["name"], about["asked_by"], about["worker"], event.host, event.address,
                event.port or None, event.level, event.purpose, event.outcome, event.why, event.organisation,
            ))  # fmt: skip
            if len(rows) >= IN_A_PART:
                yield _rows(rows)
                rows = []
        yield _rows(rows)

    return parts(), "text/csv; charset=utf-8", "csv"


KINDS: Mapping[str, Callable[[Run, Lines], File]] = {"csv": csv, "jsonl": jsonl}


def _rows(rows: Sequence[tuple[Value, ...]]) -> bytes:
    """Rows without the titles and the mark that only the first part has."""
    whole = write_csv(Sheet("log", (), tuple(rows))).removeprefix(MARK)
    return whole.partition(b"\r\n")[2]


def _about(run: Run, visit: JobLog) -> dict[str, str | int]:
    return {
        "name": visit.job.domain.name, "for": run.organisation.slug, "run": run.pk, "worker": visit.worker,
        "asked_by": str(run.asked_by) if run.asked_by else run.kind,
    }  # fmt: skip
