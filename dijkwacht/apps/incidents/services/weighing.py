"""Whether an incident is significant: the verdict follows from answers, the decision is of a person, also when it is no."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from dijkwacht.apps.incidents.models import Clock, Incident, IncidentState, Report, Weighing
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.doing import Refused, about, doing, fresh, not_later, quiet
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.significance import Answer, Verdict, asked_again_at, judge
from dijkwacht.norms.read import incidents
from dijkwacht.web.moments import day_of

ACTOR = "tick"


def verdict_of(organisation: Organisation, answers: Mapping[str, Any], *, known_at: datetime, at: datetime) -> Verdict:
    """What follows from these answers for an organisation with its roles. Answers as they are kept: see ``read``."""
    roles = terms.roles_of(organisation, at=at)
    return judge(incidents().significance, read(answers), on=day_of(known_at), roles=roles)


def read(answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Kept answers as the core takes them: yes and no, numbers as text; the rest is not known. Raises Refused (question)."""
    questions, found = incidents().significance.questions, dict[str, Answer]()
    for name, value in answers.items():
        if name not in questions:
            raise Refused("question", question=name)
        if questions[name].kind == "yes_no":
            found[name] = {"yes": True, "no": False}.get(value)
        elif value not in ("", None, "unknown"):
            found[name] = Decimal(str(value))
    return found


def weigh(
    incident: Incident, *, answers: Mapping[str, Any], decided: bool, because: str, person: Person, at: datetime,
    known_at: datetime | None = None, seen: int | None = None,
) -> Weighing:  # fmt: skip
    """Records the weighing and what somebody decided, with name and moment; terms start, move or end by it.

    ``known_at``: since when it was known to be significant; needed for yes. Raises Refused (closed, question, because: a decision
    that is not the verdict says why; empty, before_known, future, zone; meanwhile: weighed after ``seen``, the number of
    the last weighing that the person saw, 0 for none).
    """
    not_later(known_at, at, "known_at")
    with doing(incident.organisation, person=person, at=at) as deed:
        now = fresh(incident)
        if now.state == IncidentState.CLOSED:
            raise Refused("closed")
        if seen is not None and Weighing.objects.filter(incident=now, pk__gt=seen).exists():
            raise Refused("meanwhile")
        found = verdict_of(now.organisation, answers, known_at=known_at or now.known_at, at=at)
        _check(now, found, decided=decided, because=because, known_at=known_at)
        row = Weighing.objects.create(
            incident=now, at=at, by=person, answers=dict(answers), verdict=found.outcome,
            reasons=[_plain(each) for each in found.reasons], decided=decided, because=because.strip(),
            known_at=known_at if decided else None, rules=day_of(known_at or now.known_at).isoformat(),
            again_at=_again_at(now, answers, on=day_of(known_at or now.known_at), at=at),
        )  # fmt: skip
        now.significant_at = known_at if decided else None
        now.save(update_fields=["significant_at"])
        moved = terms.follow_facts(now, at=at)
        deed.write(
            "weighed", about=about(now), rows=[now, row, *moved, *_no_choice(moved)], name=now.name, verdict=found.outcome,
            decided=decided, known_at=row.known_at, **quiet(now, because=row.because),
        )  # fmt: skip
    return row


def _no_choice(moved: Iterable[Clock]) -> list[Report]:
    """Reports that went out before anybody weighed it and end a term after all: they were no choice."""
    found = {each.met_by.pk: each.met_by for each in moved if each.met_by is not None and each.met_by.voluntary}
    for each in found.values():
        each.voluntary = False
        each.save(update_fields=["voluntary"])
    return list(found.values())


def _check(now: Incident, found: Verdict, *, decided: bool, because: str, known_at: datetime | None) -> None:
    if decided and known_at is None:
        raise Refused("empty", field="known_at")
    if decided and known_at is not None and known_at < now.known_at:
        raise Refused("before_known", field="known_at")
    if found.outcome != ("significant" if decided else "not_significant") and not because.strip():
        raise Refused("because", field="because", verdict=found.outcome)


def _again_at(now: Incident, answers: Mapping[str, Any], *, on: date, at: datetime) -> datetime | None:
    """The first moment to come at which time may make it significant: from when it began, as told or by the hours answered.

    Without either from when it was noticed or known, so that an outage that lasts is never forgotten.
    """
    pack, said = incidents().significance, read(answers)
    hours = {each.derived.number for each in pack.questions.values() if each.derived and each.derived.hours}
    lasted = [at - timedelta(hours=float(n)) for name in hours if (n := said.get(name)) is not None]
    began = [each for each in (now.began_at, *(lasted or (now.noticed_at, now.known_at))) if each is not None]
    roles = terms.roles_of(now.organisation, at=at)
    found = [asked_again_at(pack, said, began=dict.fromkeys(hours, each), on=on, roles=roles) for each in began]
    return min((each for each in found if each is not None and each > at), default=None)


def _plain(reason: Any) -> dict[str, Any]:
    found = asdict(reason)
    return {**found, "params": {name: _listed(value) for name, value in found["params"].items()}}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def ask_again(*, at: datetime, rehearsed: Incident | None = None) -> int:
    """Asks again for weighings whose answers time alone has changed, such as an outage that lasts; how many. For `tick`.

    ``rehearsed``: only of this exercise, whose clock shows ``at``; otherwise of none.
    """
    due = Weighing.objects.filter(again_at__lte=at, asked_again_at__isnull=True)
    due = due.filter(incident=rehearsed) if rehearsed else due.filter(incident__exercise=False)
    asked = 0
    for row in due.exclude(incident__state=IncidentState.CLOSED).select_related("incident__organisation"):
        with doing(row.incident.organisation, person=None, at=at, actor=ACTOR) as deed:
            newest = (
                Weighing.objects.filter(incident=row.incident).order_by("-at", "-pk").values_list("pk", flat=True)[:1]
            )
            mine = Weighing.objects.filter(pk=row.pk, pk__in=list(newest), asked_again_at__isnull=True)
            if not mine.update(asked_again_at=at, asked_again_for="time"):
                continue
            deed.write("asked_again", about=about(row.incident), rows=[row], name=row.incident.name)
            asked += 1
    return asked
