"""What is kept of the lines of a warning: what it touches and why, and what was said of each weakness."""

from datetime import datetime
from typing import Any

from dijkwacht.apps.advisories.models import Handled, Touched, Warned, WarningState
from dijkwacht.apps.advisories.services.assets import names_for
from dijkwacht.apps.advisories.services.meaning import Key, Meant
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories import handling
from dijkwacht.core.advisories.matching import Judged
from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.shapes import Advisory as Content


def begin(warning: Warned, told: Meant, *, at: datetime) -> list[Any]:
    """What is kept of its lines: what is touched and why, and for each weakness that nothing was done yet."""
    touched = [
        Touched(
            warning=warning, line_id=line, outcome=judged.outcome, reason=_reason(judged), version=thing.version,
            exposed=thing.exposed,
        )
        for line, (_asset, thing, judged) in told.judged.items()
    ]  # fmt: skip
    handled = [
        Handled(warning=warning, line_id=line, weakness=weakness[:300], status=WarningState.OPEN, at=at)
        for (_ident, weakness), line in told.keys.items()
    ]
    Touched.objects.bulk_create(touched)
    Handled.objects.bulk_create(handled)
    return [*touched, *handled]


def _reason(judged: Judged) -> dict[str, Any]:
    return {"code": judged.reason.code, "params": dict(judged.reason.params)}


def bring_to_now(
    warning: Warned,
    told: Meant | None,
    *,
    before: Content | None,
    content: Content,
    change: Change | None,
    at: datetime,
) -> tuple[list[Any], bool]:
    """What is kept of its lines and weaknesses, brought to now: the rows that turned, and whether anything is to be done anew."""
    keys = told.keys if told else {}
    held = {
        (row.line.ident, row.weakness): row
        for row in Handled.objects.filter(warning=warning).exclude(status=WarningState.LAPSED).select_related("line")
    }
    said = {key: handling.Handled(row.status, row.flag, row.because, "x", row.until) for key, row in held.items()}  # type: ignore[arg-type]
    changed = _changed(told, before, content, warning.organisation, at=at) if change and before and told else None
    if change is not None:
        after = handling.after_revision(said, change, keys, changed=changed)
        new, again, lapsed = after.new, after.reopened, after.lapsed
    else:
        new, again, lapsed = frozenset(keys.keys() - held.keys()), frozenset(), frozenset(held.keys() - keys.keys())
    rows: list[Any] = []
    for key, status in (*((key, WarningState.OPEN) for key in again), *((key, WarningState.LAPSED) for key in lapsed)):
        row = held[key]
        row.status, row.at = status, at
        row.save(update_fields=["status", "at"])
        rows.append(row)
    for key in sorted(new):
        row, _made_now = Handled.objects.update_or_create(
            warning=warning, line_id=keys[key], weakness=key[1][:300],
            defaults={"status": WarningState.OPEN, "at": at, "by": None, "because": "", "flag": "", "until": None},
        )  # fmt: skip
        rows.append(row)
    return rows + _touched(warning, told, at=at), bool(new or again)


def _changed(
    told: Meant, before: Content, content: Content, organisation: Organisation, *, at: datetime
) -> frozenset[Key]:
    """For which lines and weaknesses the newer revision says something else."""
    aliases = names_for(organisation, at=at)[0]
    return frozenset(
        (asset.line.ident, weakness)
        for asset, thing, _judged in told.judged.values()
        for weakness in handling.touched(before, content, thing, aliases)
    )


def _touched(warning: Warned, told: Meant | None, *, at: datetime) -> list[Touched]:
    """The lines that it is about, brought to now; those that turned."""
    judged = told.judged if told else {}
    held = {row.line_id: row for row in Touched.objects.filter(warning=warning)}
    rows = []
    for line, row in held.items():
        if line not in judged and row.gone_at is None:
            row.gone_at = at
            row.save(update_fields=["gone_at"])
            rows.append(row)
    for line, (_asset, thing, found) in judged.items():
        row = held.get(line) or Touched(warning=warning, line_id=line)
        now = (found.outcome, _reason(found), thing.version, thing.exposed, None)
        if row.pk is None or (row.outcome, row.reason, row.version, row.exposed, row.gone_at) != now:
            row.outcome, row.reason, row.version, row.exposed, row.gone_at = now
            row.save()
            rows.append(row)
    return rows
