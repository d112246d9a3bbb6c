"""A decision file while it is prepared: facts with their source, texts, lighter ways, who was heard."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.order.models import Alternative, DecisionFile, FileState, Hearing
from dijkwacht.apps.order.services.doing import Deed, Refused, doing, filled, next_name
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.powers import UNKNOWN, wrong_answers
from dijkwacht.core.signals import Kind, kinds_in
from dijkwacht.norms.powers import NOBODY, powers_pack
from dijkwacht.norms.powers_names import signal_names
from dijkwacht.web.moments import day_of

Facts = Mapping[str, Mapping[str, str]]
TEXTS = ("title", "necessity", "proportionality", "subsidiarity", "area", "addressee", "closed_part")
HEARD = ("triangle", "person", "neighbours", "region", "commissioner", "other")


def open_file(
    organisation: Organisation, *, power: str, title: str, answers: Mapping[str, str], on: date, person: Person, at: datetime
) -> DecisionFile:  # fmt: skip
    """A new file with these answers. Raises Refused (empty, power, bill: never a decision, facts)."""
    found = powers_pack().powers.get(power)
    if found is None:
        raise Refused("power", field="power")
    if found.status == "bill" or found.holder == NOBODY:
        raise Refused("never", field="power")
    facts = {fact: {"answer": answer, "source": "", "by": ""} for fact, answer in answers.items() if answer != UNKNOWN}
    _known(facts)
    with doing(organisation, person=person, at=at) as deed:
        row = DecisionFile.objects.create(
            organisation=organisation, power=power, title=filled(title, "title")[:200], on=on, facts=facts, made_at=at,
            made_by=person, name=next_name(DecisionFile.objects.filter(organisation=organisation), "B", day_of(at).year),
        )  # fmt: skip
        deed.write("opened", about=about(row), rows=[row], name=row.name, power=power)
    return row


def tell_facts(file: DecisionFile, *, facts: Facts, person: Person, at: datetime) -> DecisionFile:
    """Facts that became known, each with its source and who told it; the others stay. Raises Refused (decided, facts, source)."""
    _known(facts)
    with doing(file.organisation, person=person, at=at) as deed:
        now = draft(file)
        told = {**now.facts, **{name: dict(each) for name, each in facts.items()}}
        return _write(deed, now, facts={name: each for name, each in told.items() if each["answer"] != UNKNOWN})


def write(file: DecisionFile, *, person: Person, at: datetime, **fields: Any) -> DecisionFile:
    """Texts and period. Raises Refused (decided, period, empty)."""
    begins, ends = fields.get("begins_at", file.begins_at), fields.get("ends_at", file.ends_at)
    if begins and ends and ends <= begins:
        raise Refused("period", field="ends_at")
    if "title" in fields:
        filled(fields["title"], "title")
    with doing(file.organisation, person=person, at=at) as deed:
        return _write(deed, draft(file), **fields)


def weigh(file: DecisionFile, *, power: str, suffices: bool, because: str, person: Person, at: datetime) -> Alternative:
    """A lighter way: whether it suffices, and why. Raises Refused (decided, power, empty)."""
    if power not in powers_pack().powers:
        raise Refused("power", field="power")
    with doing(file.organisation, person=person, at=at) as deed:
        now = draft(file)
        row, _made = Alternative.objects.update_or_create(
            file=now, power=power, defaults={"suffices": suffices, "because": filled(because, "because")}
        )
        deed.write("weighed", about=about(now), rows=[row], name=now.name, power=power)
    return row


def hear(file: DecisionFile, *, who: str, when: datetime, said: str, person: Person, at: datetime) -> Hearing:
    """Who was heard, and what was said. Raises Refused (decided, who, future, empty)."""
    if who not in HEARD:
        raise Refused("who", field="who")
    if when > at:
        raise Refused("future", field="when")
    with doing(file.organisation, person=person, at=at) as deed:
        now = draft(file)
        row = Hearing.objects.create(file=now, who=who, at=when, said=filled(said, "said"))
        deed.write("heard", about=about(now), rows=[row], name=now.name)
    return row


def drop(file: DecisionFile, *, person: Person, at: datetime) -> DecisionFile:
    """It leads to no decision. Raises Refused (decided)."""
    with doing(file.organisation, person=person, at=at) as deed:
        now = draft(file)
        now.state, now.closed_at = FileState.DROPPED, at
        now.save(update_fields=["state", "closed_at"])
        deed.write("dropped", about=about(now), rows=[now], name=now.name)
    return now


def draft(file: DecisionFile) -> DecisionFile:
    """The file as it is now, held. Raises Refused (decided) when it is no draft any more."""
    now = fresh(file)
    if now.state != FileState.DRAFT:
        raise Refused("decided")
    return now


def fresh(file: DecisionFile) -> DecisionFile:
    """The file as it is now, held till the end of the transaction."""
    return DecisionFile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file.pk)


def about(file: DecisionFile) -> str:
    """How the trail names a file."""
    return f"decision_file:{file.pk}"


def leads_in(file: DecisionFile) -> tuple[Kind, ...]:
    """What in the texts that may become public may lead to a person: a warning, never a refusal."""
    return kinds_in([getattr(file, name) for name in TEXTS if name != "closed_part"], signal_names())


def answers_of(file: DecisionFile) -> dict[str, str]:
    """The answers that the rules are asked with."""
    return {fact: each["answer"] for fact, each in file.facts.items()}


def _write(deed: Deed, now: DecisionFile, **fields: Any) -> DecisionFile:
    for name, value in fields.items():
        setattr(now, name, value)
    now.save(update_fields=list(fields))
    deed.write("written", about=about(now), rows=[now], name=now.name, fields=", ".join(sorted(fields)))
    return now


def _known(facts: Facts) -> None:
    wrong = wrong_answers(powers_pack().questions, {name: each["answer"] for name, each in facts.items()})
    if wrong:
        raise Refused("facts", fact=wrong[0][1])
