"""Telling once more: it became known by a public list that what somebody was warned of is being used."""

from datetime import datetime

from dijkwacht.apps.advisories.models import Advisory, EventKind, Warned, WarningEvent, WarningState
from dijkwacht.apps.advisories.services import meaning
from dijkwacht.apps.advisories.services import warning as warnings
from dijkwacht.apps.advisories.services.doing import doing, titled
from dijkwacht.core.advisories.shapes import Advisory as Content

MENDED = (WarningState.DONE, WarningState.NOT_AFFECTED)
BY_LISTS, USED = "by_lists", "used"
"""In the change of an advisory: when a list turned it, and the reasons. They stay there when a revision comes after it."""


def told_of_lists(advisory: Advisory, *, at: datetime) -> int:
    """Tells again everybody who was told of an advisory before a list said that it is being used; how many. Safe to repeat.

    Who is done, or is not affected, sees it with the warning and is not called to it again.
    """
    since = since_lists(advisory)
    if since is None or advisory.withdrawn or advisory.document is None:
        return 0
    rows = Warned.objects.filter(advisory=advisory, told_at__lt=since).exclude(state=WarningState.LAPSED)
    rows = rows.exclude(pk__in=_heard(advisory, since)).select_related("organisation").order_by("organisation")
    content = meaning.said_by(advisory)
    return sum(_again(each, advisory, content, since, at=at) for each in rows)


def _heard(advisory: Advisory, since: datetime) -> set[int]:
    """The warnings that were told again since, or to which this was shown; that a revision was shown does not tell it."""
    rows = WarningEvent.objects.filter(warning__advisory=advisory, at__gte=since).order_by()
    return {
        pk
        for pk, kind, reasons in rows.values_list("warning", "kind", "reasons")
        if kind != EventKind.SHOWN or reasons == advisory.change[USED]
    }


def since_lists(advisory: Advisory) -> datetime | None:
    """Since when a list says that it is being used; None when none does."""
    said = advisory.change.get(BY_LISTS, "")
    return datetime.fromisoformat(said) if said else None


def _again(row: Warned, advisory: Advisory, content: Content, since: datetime, *, at: datetime) -> bool:
    with doing(row.organisation, person=None, at=at, actor=warnings.ACTOR) as deed:
        locked = Warned.objects.select_for_update(of=("self",)).select_related("organisation", "advisory", "desk")
        warning = locked.get(pk=row.pk)
        if warning.pk in _heard(advisory, since):
            return False
        warning.advisory = advisory
        told = meaning.meant(advisory, content, warning.organisation, at=at)
        if told is not None:
            warning.outcome, warning.level = told.outcome, told.level
        kind = EventKind.SHOWN if warning.state in MENDED else EventKind.AGAIN
        warning.save()
        calls = warnings.told_again(warning, kind, at=at)
        event = WarningEvent.objects.create(
            warning=warning, kind=kind, version=warning.version, at=at, reasons=advisory.change[USED]
        )
        deed.write(
            "warning_used", about=f"warning:{warning.pk}", rows=[warning, event, *calls], name=warning.number,
            title=titled(warning.tlp, warning.title), kind=kind,
        )  # fmt: skip
    return kind == EventKind.AGAIN
