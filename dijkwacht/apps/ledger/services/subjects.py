"""Subjects: registered, renamed, given an owner, linked to what another organisation shares, archived. Never deleted."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import Act, acting
from dijkwacht.apps.ledger.services.facts import Receipt, answer
from dijkwacht.apps.ledger.services.judging import Judged
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import COMPLETE, STANDS_FOR, SUBJECT_KINDS

IN_ONE_ENTRY = 500
"""Subjects that one entry of the trail tells of; more take several."""


def register_subject(
    organisation: Organisation,
    *,
    kind: str,
    name: str,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
    key: str = "",
    owner: Person | None = None,
) -> Subject:
    """A new subject; its key is made of its name unless given. Raises Refusal: kind, name, key (taken or malformed)."""
    name = _name(name)
    _check_kind(kind)
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        subject = Subject.objects.create(
            organisation=organisation,
            kind=kind,
            key=_key(organisation, name, key),
            name=name,
            owner=owner,
            recorded_at=on,
        )
        judged = _judge_kind(organisation, kind, on=on, act=act.number)
        detail = {"kind": kind, "name": name, "owner": owner and owner.pk, "turned": len(judged.changes)}
        act.write("subject_registered", about=subject.key, detail=detail)
    return subject


def register_subjects(
    organisation: Organisation,
    *,
    kind: str,
    names: Sequence[str],
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> list[Subject]:
    """New subjects of one kind, in the order of their names; judged once. All or none. Raises Refusal: kind, name.

    One entry in the trail tells of at most `IN_ONE_ENTRY`; the first says how many verdicts turned.
    """
    _check_kind(kind)
    wanted = [_name(name) for name in names]
    if not wanted:
        return []
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        made = Subject.objects.bulk_create(
            [
                Subject(organisation=organisation, kind=kind, key=key, name=name, recorded_at=on)
                for key, name in zip(_keys(_taken(organisation), wanted), wanted, strict=True)
            ],
            batch_size=IN_ONE_ENTRY,
        )
        turned = len(_judge_kind(organisation, kind, on=on, act=act.number).changes)
        for start in range(0, len(made), IN_ONE_ENTRY):
            part = {each.key: each.name for each in made[start : start + IN_ONE_ENTRY]}
            told = {"kind": kind, "count": len(part), "first": ", ".join(list(part.values())[:3]), "subjects": part}
            act.write("subjects_registered", about=organisation.slug, detail=told | {"turned": 0 if start else turned})
    return made


def rename_subject(
    subject: Subject, *, name: str, person: Person | None, on: date, at: datetime, actor: str = ""
) -> Subject:
    """Gives a subject another name; its key stays. Raises Refusal (name)."""
    name = _name(name)
    with acting(subject.organisation, person=person, actor=actor, on=on, at=at) as act:
        before, subject.name = subject.name, name
        subject.save(update_fields=["name"])
        act.write("subject_renamed", about=subject.key, detail={"before": before, "after": name})
    return subject


def set_owner(
    subject: Subject, *, owner: Person | None, person: Person | None, on: date, at: datetime, actor: str = ""
) -> Subject:
    """Says who answers for a subject."""
    with acting(subject.organisation, person=person, actor=actor, on=on, at=at) as act:
        before, subject.owner = subject.owner_id, owner
        subject.save(update_fields=["owner"])
        act.write("subject_owner", about=subject.key, detail={"before": before, "after": owner and owner.pk})
    return subject


def archive_subject(subject: Subject, *, person: Person | None, on: date, at: datetime, actor: str = "") -> Subject:
    """Takes a subject out of the register from this day; its facts stay and can be replayed. Raises Refusal (closed)."""
    organisation = subject.organisation
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        hit = Subject.objects.filter(pk=subject.pk, archived_at__isnull=True).exclude(key=organisation.slug)
        if not hit.update(archived_at=on):
            raise Refusal("closed")
        subject.archived_at = on
        judged = _judge_kind(organisation, subject.kind, on=on, act=act.number)
        act.write("subject_archived", about=subject.key, detail={"turned": len(judged.changes)})
    return subject


def inherit_from(
    subject: Subject,
    *,
    source: Subject | None,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
    reason: str = "",
) -> Subject:
    """Lets the shared facts of another organisation's subject count for ours; None ends that, with the reason if given.

    Only subjects of one kind can be linked; what is not shared stays unknown. Raises Refusal: kind, source (our own).
    """
    organisation = subject.organisation
    if source is not None and source.kind != subject.kind:
        raise Refusal("kind", kind=subject.kind)
    if source is not None and source.organisation_id == organisation.pk:
        raise Refusal("source")
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(organisation, on=on)
        _open_links(subject).exclude(source__kind__in=STANDS_FOR).update(superseded_at=on)
        if source is not None:
            Inheritance.objects.create(subject=subject, source=source, recorded_at=on)
        judged = _judge_kind(organisation, subject.kind, on=on, act=act.number)
        whose = source and {"organisation": source.organisation.slug, "subject": source.key}
        detail = {"source": whose, "turned": len(judged.changes)} | ({"reason": reason} if reason else {})
        act.write("subject_inherits", about=subject.key, detail=detail)
    return subject


def adopt(
    subject: Subject,
    *,
    source: Subject,
    fact_types: Collection[str],
    person: Person | None,
    on: date,
    at: datetime,
    until: date | None = None,
    actor: str = "",
) -> Judged:
    """Lets the facts of what stands for a subject like ours (`core.facts.STANDS_FOR`) count too, besides what already does.

    ``fact_types``: what it may say; only lines that these touch are judged. ``until``: the first day on which it no longer
    counts. Raises Refusal: kind, source (adopted already).
    """
    if STANDS_FOR.get(source.kind) != subject.kind:
        raise Refusal("kind", kind=subject.kind)
    with acting(subject.organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(subject.organisation, on=on)
        if _open_links(subject).filter(source=source).exists():
            raise Refusal("source")
        Inheritance.objects.create(subject=subject, source=source, recorded_at=on, until=until)
        return _linked(act, subject, source, fact_types, verb="subject_adopts", **({"until": until} if until else {}))


def leave(
    subject: Subject,
    *,
    source: Subject,
    fact_types: Collection[str],
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
    reason: str = "",
) -> Judged:
    """Ends what `adopt` began: from now on those facts do not count. Raises Refusal (closed) when nothing was adopted."""
    with acting(subject.organisation, person=person, actor=actor, on=on, at=at) as act:
        judging.ensure_judged(subject.organisation, on=on)
        if not _open_links(subject).filter(source=source).update(superseded_at=on):
            raise Refusal("closed")
        return _linked(act, subject, source, fact_types, verb="subject_leaves", reason=reason)


def _linked(
    act: Act, subject: Subject, source: Subject, fact_types: Collection[str], *, verb: str, **more: Any
) -> Judged:
    """Judges what a link can touch, and writes the entry of it."""
    judged = judging.touched(act.organisation, fact_types=frozenset(fact_types), on=act.on, act=act.number)
    whose = {"organisation": source.organisation.slug, "subject": source.key}
    act.write(verb, about=subject.key, detail={"source": whose, "turned": len(judged.changes), **more})
    return judged


def _open_links(subject: Subject) -> QuerySet[Inheritance]:
    return Inheritance.objects.filter(subject=subject, superseded_at__isnull=True)


def declare_complete(
    organisation: Organisation,
    *,
    kind: str,
    person: Person | None,
    on: date,
    at: datetime,
    complete: bool = True,
    actor: str = "",
    seen: int | None = None,
) -> Receipt:
    """Says that all subjects of a kind are registered (or not): an answer like any other, good for a year."""
    subject = judging.own_subject(organisation, on=on)
    return answer(
        organisation, person=person, actor=actor, subject=subject, fact_type=COMPLETE.format(kind=kind), value=complete,
        on=on, at=at, seen=seen,
    )  # fmt: skip


def _judge_kind(organisation: Organisation, kind: str, *, on: date, act: int) -> Judged:
    return judging.judge(organisation, requirements=packs_on(on).touched_by_kind(kind), on=on, act=act)


def _check_kind(kind: str) -> None:
    if (kind not in SUBJECT_KINDS and kind not in STANDS_FOR) or kind == "organisation":
        raise Refusal("kind", kind=kind)


def _name(text: str) -> str:
    """A name as it is kept. Raises Refusal (name)."""
    name = " ".join(text.split())[:200]
    if not name or "\0" in name:
        raise Refusal("name")
    return name


def _key(organisation: Organisation, name: str, wanted: str) -> str:
    """A key that is free: the one wanted, else one made of the name."""
    taken = _taken(organisation)
    if not wanted:
        return next(_keys(taken, [name]))
    if slugify(wanted) != wanted or len(wanted) > 80 or wanted in taken:
        raise Refusal("key", key=wanted)
    return wanted


def _taken(organisation: Organisation) -> set[str]:
    return set(Subject.objects.filter(organisation=organisation).values_list("key", flat=True)) | {organisation.slug}


def _keys(taken: Collection[str], names: Sequence[str]) -> Iterator[str]:
    """Per name a key that is free, made of the name; with a number behind it where several make the same."""
    taken, turns = set(taken), dict[str, Iterator[int]]()
    for name in names:
        base = slugify(name)[:70] or "x"
        numbers = turns.setdefault(base, count(1))  # goes on where the last one stopped: many names may share a base
        key = next(key for n in numbers if (key := base if n == 1 else f"{base}-{n}") not in taken)
        taken.add(key)
        yield key
