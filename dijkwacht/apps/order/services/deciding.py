"""A decision is taken, carried out, looked back on and closed."""

import json
from datetime import datetime
from hashlib import sha256

from dijkwacht.apps.order.models import Alternative, DecidedAs, DecisionFile, FileState, Justified, Step
from dijkwacht.apps.order.services.doing import Refused, doing, filled
from dijkwacht.apps.order.services.files import TEXTS, about, answers_of, draft, fresh
from dijkwacht.apps.people.models import Person
from dijkwacht.core.clocks import due
from dijkwacht.core.powers import Outcome, duties, outcome
from dijkwacht.core.powers_deciding import lacking, needs_departure, refused_wholly
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.read import clocks
from dijkwacht.web.moments import day_of

MEETING, REFUSED, PUBLISHED = "council_meeting", "ratification_refused", "emergency_rules_published"


def weighed(file: DecisionFile, *, decided_as: str = "", at: datetime) -> Outcome:
    """What the rules say of this file now; ``decided_as``: who decides, whatever the facts say of that."""
    pack = powers_pack()
    answers = answers_of(file) | ({"decider": decided_as} if decided_as else {})
    return outcome(pack.powers[file.power], pack.reasons, answers, on=day_of(at))


def lacks(file: DecisionFile, found: Outcome, *, departure: str = "") -> tuple[str, ...]:
    """What is missing before it may be decided, as codes."""
    names = ("necessity", "proportionality", "subsidiarity", "area", "addressee")
    return lacking(
        powers_pack().powers[file.power], found, texts={name: getattr(file, name) for name in names}, departure=departure,
        ends=file.ends_at is not None, weighed=list(Alternative.objects.filter(file=file).values_list("power", flat=True)),
        heard=file.hearings.exists(),
    )  # fmt: skip


def file_token(file: DecisionFile) -> str:
    """What a form shows of a file as it was read, so that nobody decides on what was changed meanwhile."""
    ways = list(file.alternatives.order_by("pk").values_list("power", "suffices", "because"))
    heard = list(file.hearings.order_by("pk").values_list("who", "said"))
    period = [at.isoformat() if at else "" for at in (file.begins_at, file.ends_at)]
    whole = [file.facts, {name: getattr(file, name) for name in TEXTS}, period, ways, heard]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def latest_end(file: DecisionFile, *, decided_as: str, begins: datetime) -> datetime | None:
    """The last moment at which the law lets it end, as its clocks reckon; None when the rules name none."""
    pack, known = powers_pack(), clocks()
    held = duties(pack.powers[file.power], answers_of(file) | {"decider": decided_as})
    limits = [known.rules[each.clock] for each in held if each.clock and known.rules[each.clock].kind == "limit"]
    started = [each for each in limits if pack.starts.get(each.starts_on) == "begins"]
    ends = [found for each in started if (found := due(each, begins, calendar=known.calendar).due) is not None]
    return min(ends, default=None)


def decide(
    file: DecisionFile, *, decided_as: str, departure: str, person: Person, at: datetime, seen: str | None = None
) -> DecisionFile:
    """The decision, with facts, outcome and pack as they are then. ``seen``: the token of what was read; None: not from a page.

    Raises Refused (decided, office, changed: since it was read, never, lacking, ended, too_long).
    """
    if decided_as not in DecidedAs.values:
        raise Refused("office", field="decided_as")
    pack = powers_pack()
    with doing(file.organisation, person=person, at=at) as deed:
        now = draft(file)
        if seen is not None and seen != file_token(now):
            raise Refused("changed")
        found = weighed(now, decided_as=decided_as, at=at)
        if refused_wholly(pack.powers[now.power], pack.reasons, found):
            raise Refused("never")
        if missing := lacks(now, found, departure=departure):
            raise Refused("lacking", codes=missing, field="departure" if missing == ("departure",) else None)
        _in_time(now, decided_as=decided_as, at=at)
        departs = needs_departure(found)
        now.facts = {**now.facts, "decider": {"answer": decided_as, "source": "", "by": str(person)}}
        now.state, now.decided_at, now.decided_by, now.decided_as = FileState.DECIDED, at, person, decided_as
        now.departure, now.pack, now.on = departure.strip() if departs else "", pack.version, day_of(at)
        now.begins_at = now.begins_at or at
        now.outcome = {"outcome": found.outcome, "reasons": list(found.reasons), "missing": list(found.missing)}
        now.save()
        act = "departed" if departs else "decided"
        deed.write(act, about=about(now), rows=[now], name=now.name, power=now.power)
    return now


def _in_time(now: DecisionFile, *, decided_as: str, at: datetime) -> None:
    if now.ends_at is None:
        return
    if now.ends_at <= at:
        raise Refused("ended")
    last = latest_end(now, decided_as=decided_as, begins=now.begins_at or at)
    if last is not None and now.ends_at > last:
        raise Refused("too_long", last=last)


def take_step(
    file: DecisionFile, *, code: str, when: datetime, person: Person, at: datetime, note: str = "",
    seats: int | None = None, present: int | None = None,
) -> Step:  # fmt: skip
    """Something was done or happened after the decision. Raises Refused (not_decided, step, taken, future, early, seats)."""
    if when > at:
        raise Refused("future", field="when")
    with doing(file.organisation, person=person, at=at) as deed:
        now = fresh(file)
        if now.state != FileState.DECIDED or now.decided_at is None:
            raise Refused("not_decided")
        if code not in steps_of(now):
            raise Refused("step", field="code")
        if code != MEETING and now.steps.filter(code=code).exists():
            raise Refused("taken")
        if when.replace(second=59, microsecond=999999) < now.decided_at:
            raise Refused("early", field="when")
        if code == MEETING and (not seats or present is None or present > seats):
            raise Refused("seats", field="present")
        row = Step.objects.create(
            file=now, code=code, at=when, note=note.strip()[:300], seats=seats, present=present, by=person
        )
        deed.write("step", about=about(now), rows=[row], name=now.name, code=code)
    return row


def steps_of(file: DecisionFile) -> tuple[str, ...]:
    """Which steps can be noted: duties without a clock by their number, and the events that start or end a clock."""
    pack, rules = powers_pack(), clocks().rules
    power = pack.powers[file.power]
    found: dict[str, None] = {}
    held = duties(power, answers_of(file))
    for n, duty in enumerate(power.follow_up):
        if duty not in held:
            continue
        if not duty.clock:
            found[f"duty:{n}"] = None
            continue
        rule = rules[duty.clock]
        found.update(dict.fromkeys([MEETING] if rule.method == "event" else rule.ends_on))
        if pack.starts.get(rule.starts_on, "published") == "published":
            found[rule.starts_on] = None
    return tuple(found)


def look_back(file: DecisionFile, *, justified: str, text: str, person: Person, at: datetime) -> DecisionFile:
    """Whether the fear was right, and what is learned. Raises Refused (not_decided, justified, empty)."""
    if justified not in Justified.values:
        raise Refused("justified", field="justified")
    with doing(file.organisation, person=person, at=at) as deed:
        now = fresh(file)
        if now.state != FileState.DECIDED:
            raise Refused("not_decided")
        now.justified, now.look_back = justified, filled(text, "text")
        now.save(update_fields=["justified", "look_back"])
        deed.write("looked_back", about=about(now), rows=[now], name=now.name)
    return now


def close(file: DecisionFile, *, person: Person, at: datetime) -> DecisionFile:
    """Done. Raises Refused (not_decided, look_back: nobody looked back)."""
    with doing(file.organisation, person=person, at=at) as deed:
        now = fresh(file)
        if now.state != FileState.DECIDED:
            raise Refused("not_decided")
        if not now.look_back:
            raise Refused("look_back")
        now.state, now.closed_at = FileState.CLOSED, at
        now.save(update_fields=["state", "closed_at"])
        deed.write("closed", about=about(now), rows=[now], name=now.name)
    return now
