"""*Unchanged*: answers that somebody looked at and that still hold are seen again, many in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.ledger.services.facts import after
from dijkwacht.apps.ledger.services.judging import Change
from dijkwacht.apps.ledger.services.recording import Said, record_all
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin

MOST = 200  # answers in one act
BY_WORD = (Origin.PERSON, Origin.IMPORT, Origin.SELF_ASSESSMENT)  # a measurement or audit is done again, not confirmed


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What confirming came to. ``passed_over``: facts that no longer stand alone, or that nobody can confirm by word."""

    facts: tuple[int, ...]
    passed_over: tuple[int, ...]
    verdicts_changed: tuple[Change, ...]
    act: int | None


def confirm(
    organisation: Organisation, *, facts: Sequence[int], person: Person, on: date, at: datetime, why: str = ""
) -> Confirmed:
    """Records that these facts (row numbers, as they were shown) were seen again on a day; one entry in the trail.

    A question that was answered otherwise meanwhile is passed over, and so is what is not ours. How sure a fact is stays
    what it was: the same ground was looked at again. Nothing is written when nothing is left. Raises ValueError on more
    than MOST facts.
    """
    wanted = tuple(dict.fromkeys(facts))
    if len(wanted) > MOST:
        raise ValueError(f"at most {MOST} answers at once")
    with acting(organisation, person=person, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        chosen = _standing_alone(organisation, wanted)
        passed_over = tuple(pk for pk in wanted if pk not in {fact.pk for fact in chosen})
        if not chosen:
            return Confirmed((), passed_over, (), None)
        said = [
            Said(
                fact.subject, fact.fact_type, fact.value, Origin(fact.origin), Assurance(fact.assurance),
                since=fact.valid_from, seen=fact.pk,
            )
            for fact in chosen
        ]  # fmt: skip
        written = record_all(act, said)
        judged = after(act, written, [(fact.subject, fact.fact_type) for fact in chosen])
        detail = {
            "confirmed": len(chosen), "why": why, "turned": len(judged.changes), **written.detail(organisation.slug)
        }  # fmt: skip
        act.write("confirm", about=organisation.slug, detail=detail)
    return Confirmed(tuple(fact.pk for fact in chosen), passed_over, judged.changes, act.number)


def _standing_alone(organisation: Organisation, wanted: Sequence[int]) -> list[Fact]:
    """Those of these facts that stand, are ours and open, can be confirmed by word, and have no other beside them."""
    rows = Fact.objects.filter(
        pk__in=wanted, organisation=organisation, superseded_at__isnull=True, valid_to__isnull=True
    )
    found = [fact for fact in rows.select_related("subject").order_by("pk") if fact.origin in BY_WORD]
    names, subjects = {fact.fact_type for fact in found}, {fact.subject_id for fact in found}
    beside = Fact.objects.filter(
        organisation=organisation, superseded_at__isnull=True, valid_to__isnull=True, fact_type__in=names,
        subject__in=subjects,
    ).values_list("subject_id", "fact_type", "pk")  # fmt: skip
    many: dict[tuple[int, str], int] = {}
    for subject, fact_type, _ in beside:
        many[subject, fact_type] = many.get((subject, fact_type), 0) + 1
    return [fact for fact in found if many[fact.subject_id, fact.fact_type] == 1 and fact.subject.archived_at is None]
