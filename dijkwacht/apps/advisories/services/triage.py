"""What a desk decides on an advisory: warn whoever it concerns, now and later; no warning; or wait. And what it writes of it."""

from collections.abc import Mapping
from datetime import date, datetime

from dijkwacht.apps.advisories.models import Advisory, Audience, Decision, Text, Warned
from dijkwacht.apps.advisories.queries.texts import texts_of
from dijkwacht.apps.advisories.services import warning
from dijkwacht.apps.advisories.services.doing import Refused, doing, titled
from dijkwacht.apps.people.models import Person
from dijkwacht.web.moments import day_of

AT_ONCE = 100
"""Organisations that are told while somebody waits for the page; the others by the next `tick`, within minutes."""


def decide(
    advisory: Advisory,
    *,
    decision: str,
    because: str = "",
    wait_until: date | None = None,
    person: Person,
    at: datetime,
) -> list[Warned]:
    """Writes the decision; warns at once whom it touches. Raises Refused (decision, empty, past, withdrawn, label_too_strict,
    told_already).

    No warning and waiting are decisions that need their reason. Who was warned stays warned: another decision tells nobody that
    he was not.
    """
    if decision not in (Decision.WARN, Decision.NOT, Decision.WAIT):
        raise Refused("decision", field="decision")
    if decision != Decision.WARN and not because.strip():
        raise Refused("empty", field="because")
    if decision == Decision.WAIT and (wait_until is None or wait_until <= day_of(at)):
        raise Refused("past", field="wait_until")
    with doing(advisory.organisation, person=person, at=at) as deed:
        row = (
            Advisory.objects.select_for_update(of=("self",))
            .select_related("organisation", "document")
            .get(pk=advisory.pk)
        )
        if decision == Decision.WARN:
            _may_warn(row)
        if decision != Decision.WARN and Warned.objects.filter(advisory=row).exists():
            raise Refused("told_already")
        row.decision, row.because, row.decided_at, row.decided_by = decision, because.strip()[:500], at, person
        row.wait_until, row.decided_version = (wait_until if decision == Decision.WAIT else None), row.version
        row.save()
        deed.write(
            "decided", about=f"advisory:{row.pk}", rows=[row], name=row.number, decision=decision, because=row.because,
            title=titled(row.tlp, row.title),
        )  # fmt: skip
    return warning.fan_out(row, person=person, at=at, most=AT_ONCE)


def _may_warn(advisory: Advisory) -> None:
    """Raises Refused when nobody can be warned: it no longer holds, or its label keeps it inside the desk (TLP 2.0)."""
    if advisory.withdrawn:
        raise Refused("withdrawn")
    if not warning.decides_itself(advisory.organisation) and not warning.may_leave(advisory):
        raise Refused("label_too_strict", label=advisory.tlp)


def write(advisory: Advisory, *, texts: Mapping[str, str], person: Person, at: datetime) -> None:
    """Writes what is said to each audience; what did not change is not written again. Raises Refused (audience, long)."""
    with doing(advisory.organisation, person=person, at=at) as deed:
        before, rows = texts_of(advisory), []
        for audience, body in texts.items():
            if audience not in Audience.values:
                raise Refused("audience", field=audience)
            if len(body) > 20_000:
                raise Refused("long", field=audience, most=20_000)
            if body.strip() != before.get(audience, ""):
                rows.append(
                    Text.objects.create(advisory=advisory, audience=audience, body=body.strip(), at=at, by=person)
                )
        if rows:
            deed.write("texts_written", about=f"advisory:{advisory.pk}", rows=rows, name=advisory.number)


def wake(*, at: datetime) -> int:
    """Puts back in the queue what was to wait until today; how many. For `tick`."""
    rows = Advisory.objects.filter(decision=Decision.WAIT, wait_until__lte=day_of(at)).select_related("organisation")
    woken = 0
    for each in rows.order_by("pk"):
        with doing(each.organisation, person=None, at=at, actor=warning.ACTOR) as deed:
            row = Advisory.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=each.pk)
            if row.decision != Decision.WAIT:
                continue
            row.decision, row.wait_until = Decision.OPEN, None
            row.save(update_fields=["decision", "wait_until"])
            deed.write("awake", about=f"advisory:{row.pk}", rows=[row], name=row.number)
            woken += 1
    return woken
