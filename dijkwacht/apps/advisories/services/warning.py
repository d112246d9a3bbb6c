"""Warnings follow from what a desk decided and from matching: who is told, and what a revision or a register turns for them.

Per organisation one deed under the lock of its chain, that looks again at what is so: run twice, killed or on two machines, an
organisation is told once. The lock of the desk's own chain is never held at the same time.
"""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F, Max

from dijkwacht.apps.advisories.models import (
    Advisory,
    Concern,
    Decision,
    Document,
    DocumentState,
    EventKind,
    Warned,
    WarningEvent,
    WarningState,
)
from dijkwacht.apps.advisories.queries.serving import left_since
from dijkwacht.apps.advisories.queries.texts import texts_of
from dijkwacht.apps.advisories.queries.untold import holds_for, untold
from dijkwacht.apps.advisories.services import kept, stating, telling, weighing
from dijkwacht.apps.advisories.services.doing import Doing, doing, titled
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.meaning import Meant, meant, said_by
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.revision import Change
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.tlp import ORDER, Reader, may_see
from dijkwacht.web.moments import day_of

ACTOR = "tick"
DESK_LEFT = "desk_left"
"""The reason of a warning that lapsed because its desk no longer warns the organisation."""


# ---- telling for the first time


def fan_out(
    advisory: Advisory, *, person: Person | None, at: datetime, most: int | None = None, faults: Faults | None = None
) -> list[Warned]:
    """Warns every organisation that an advisory touches and that was not told yet; ``most``: how many in one go.

    One that goes wrong does not stop the others. Nothing happens unless the desk decided to warn. Safe to repeat: what was
    left is told by the next call.
    """
    if advisory.decision != Decision.WARN or advisory.withdrawn or advisory.document is None:
        return []
    waiting = Organisation.objects.filter(pk__in=untold().filter(advisory=advisory).values("organisation")).order_by(
        "pk"
    )
    if not may_leave(advisory):
        waiting = waiting.filter(pk=advisory.organisation_id)
    content = content_of(advisory.document)
    faults = faults or Faults()

    def first(organisation: Organisation) -> Warned | None:
        what = f"telling organisation {organisation.pk} of advisory {advisory.pk}"
        return faults.guarded(what, lambda: _first(advisory, content, organisation, person=person, at=at))

    made = [first(each) for each in waiting[:most]]
    return [each for each in made if each is not None]


def fan_out_waiting(*, at: datetime, faults: Faults | None = None) -> int:
    """Tells who is touched by what a desk decided to warn of and was not told yet; how many were told. For `tick`.

    A desk that warns by itself decides here what a run that was killed left to it.
    """
    faults = faults or Faults()
    left = Advisory.objects.filter(decision=Decision.OPEN, decided_at=None, withdrawn=False)
    alone = left.exclude(organisation__kind="csirt").filter(pk__in=untold().values("advisory"))
    for each in alone.select_related("organisation"):
        faults.guarded(f"deciding on advisory {each.pk}", partial(by_itself, each, at=at))
    due = Advisory.objects.filter(decision=Decision.WARN, withdrawn=False, pk__in=untold().values("advisory"))
    rows = due.select_related("organisation", "document").order_by("-level", "pk")
    told = 0
    for each in rows:
        fan = partial(fan_out, each, person=None, at=at, faults=faults)
        told += len(faults.guarded(f"telling of advisory {each.pk}", fan) or ())
    return told


def _first(
    advisory: Advisory, content: Content, organisation: Organisation, *, person: Person | None, at: datetime
) -> Warned | None:
    with doing(organisation, person=person, at=at, actor="" if person else ACTOR) as deed:
        told = meant(advisory, content, organisation, at=at)
        if told is None or _told_already(advisory, organisation) or not _still_warns(advisory):
            return None
        warning = _made(deed, advisory, told)
        event = WarningEvent.objects.create(warning=warning, kind=EventKind.FIRST, version=advisory.version, at=at)
        rows = kept.begin(warning, told, at=at)
        calls = telling.tell(warning, at=at)
        deed.write(
            "warned", about=f"warning:{warning.pk}", rows=[warning, event, *rows, *calls], name=warning.number,
            title=titled(warning.tlp, warning.title), outcome=warning.outcome, desk=str(warning.desk),
        )  # fmt: skip
    return warning


def may_leave(advisory: Advisory) -> bool:
    """Whether its label lets another organisation be told at all."""
    return any(advisory.tlp == label and may_see(label, Reader("trusted", needs=True)).yes for label in ORDER)


def _told_already(advisory: Advisory, organisation: Organisation) -> bool:
    """Whether it was told of this very document, by this desk or by another."""
    same = {"advisory__publisher": advisory.publisher, "advisory__number": advisory.number}
    return Warned.objects.filter(holds_for(advisory.pk), organisation=organisation, **same).exists()


def _still_warns(advisory: Advisory) -> bool:
    """Whether nobody decided otherwise meanwhile."""
    return Advisory.objects.filter(pk=advisory.pk, decision=Decision.WARN).exists()


def _made(deed: Doing, advisory: Advisory, told: Meant) -> Warned:
    rows = Warned.objects.filter(organisation=deed.organisation)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    warning = Warned(
        organisation=deed.organisation, advisory=advisory, desk=advisory.organisation, number=number, title=advisory.title,
        outcome=told.outcome, level=told.level, tlp=advisory.tlp, version=advisory.version, document=advisory.document,
        texts=texts_of(advisory), told_at=deed.at, told_by=deed.person, todo_at=deed.at,
    )  # fmt: skip
    stating.set_week(warning, own=None)
    warning.save()
    return warning


# ---- what turns afterwards


def follow(advisory: Advisory, before: Content, change: Change, *, person: Person | None, at: datetime) -> None:
    """What a newer revision turns for everybody who was told: a new task, told again, shown, or lapsed. One that goes wrong does
    not stop the others; the next `catch_up` tries it again."""
    content, faults = said_by(advisory), Faults()
    rows = Warned.objects.filter(advisory=advisory).select_related("organisation").order_by("organisation")

    def one(warning: Warned) -> None:
        with doing(warning.organisation, person=person, at=at, actor="" if person else ACTOR) as deed:
            _follow(deed, warning.pk, advisory, content, before=before, change=change)

    for each in rows:
        faults.guarded(f"following warning {each.pk}", partial(one, each))


def catch_up(*, at: datetime, faults: Faults | None = None) -> int:
    """Follows revisions for who was told and did not hear of them, after a run that was killed; how many. For `tick`."""
    faults = faults or Faults()
    late = Warned.objects.exclude(document=F("advisory__document")).filter(advisory__document__isnull=False)
    rows = list(
        late.select_related("organisation", "document", "advisory__document", "advisory__organisation").order_by(
            "organisation"
        )
    )
    return sum(faults.guarded(f"following warning {each.pk}", partial(_caught_up, each, at=at)) or 0 for each in rows)


def _caught_up(warning: Warned, *, at: datetime) -> int:
    content = said_by(warning.advisory)
    before, change = _since_told(warning, warning.advisory, content)
    with doing(warning.organisation, person=None, at=at, actor=ACTOR) as deed:
        _follow(deed, warning.pk, warning.advisory, content, before=before, change=change)
    return 1


def _since_told(warning: Warned, advisory: Advisory, content: Content) -> tuple[Content | None, Change | None]:
    """What the revision that was told last said, and what turned since; nothing where that one counts now, or is not known."""
    told = warning.document or (
        Document.objects.filter(advisory=advisory, version=warning.version, state=DocumentState.READ).first()
    )
    if told is not None and told.pk == advisory.document_id:
        return None, None
    before = content_of(told) if told else None
    return before, weighing.turned(before, content) if before else None


def look_again(organisation: Organisation, advisories: Collection[int], *, person: Person | None, at: datetime) -> None:
    """What a register, an alias or a subscription that changed turns: warnings that are new, wider, narrower or lapsed."""
    rows = Advisory.objects.filter(pk__in=advisories).select_related("organisation", "document")
    told = {
        each.advisory_id: each for each in Warned.objects.filter(organisation=organisation, advisory__in=advisories)
    }
    # what was told goes first: another desk that has the same document then sees that it was
    for advisory in sorted(rows, key=lambda each: (each.pk not in told, each.pk)):
        if advisory.document is None:
            continue
        content = content_of(advisory.document)
        if decides_itself(advisory.organisation):
            by_itself(advisory, at=at)
        if held := told.get(advisory.pk):
            before, change = _since_told(held, advisory, content)
            with doing(organisation, person=person, at=at, actor="" if person else ACTOR) as deed:
                _follow(deed, held.pk, advisory, content, before=before, change=change)
        elif advisory.decision == Decision.WARN and (
            may_leave(advisory) or advisory.organisation_id == organisation.pk
        ):
            _first(advisory, content, organisation, person=person, at=at)


def _follow(
    deed: Doing, pk: int, advisory: Advisory, content: Content, *, before: Content | None, change: Change | None
) -> None:
    """Brings one warning to what is so now; writes an entry when anything turned. ``change`` None: the register changed."""
    warning = (
        Warned.objects.select_for_update(of=("self",)).select_related("organisation", "advisory", "desk").get(pk=pk)
    )
    warning.advisory = advisory
    if change is not None and _followed(warning):
        before = change = None
    told = meant(advisory, content, warning.organisation, at=deed.at)
    rows, opened = kept.bring_to_now(warning, told, before=before, content=content, change=change, at=deed.at)
    kind = _kind(warning, told, change, opened)
    if kind is None and not rows and warning.document_id == advisory.document_id:
        return
    warning.document, warning.version = advisory.document, advisory.version
    warning.title, warning.tlp = advisory.title, advisory.tlp
    if told is not None:
        warning.outcome, warning.level = told.outcome, told.level
    if kind in (EventKind.TASK, EventKind.LAPSED):
        rows += _ended(warning)
    calls = told_again(warning, kind, at=deed.at)
    if kind is not None:
        reasons = _why_turned(warning, content, change, kind, on=day_of(deed.at))
        rows.append(
            WarningEvent.objects.create(
                warning=warning, kind=kind, version=advisory.version, at=deed.at, reasons=reasons
            )
        )
    if kind == EventKind.LAPSED and content.withdrawn:
        telling.tell_over(warning, at=deed.at)
    stating.restate(warning, at=deed.at, over=told is None)
    deed.write(
        "warning_turned", about=f"warning:{warning.pk}", rows=[warning, *rows, *calls], name=warning.number,
        title=titled(warning.tlp, warning.title), kind=kind or "", version=warning.version,
    )  # fmt: skip


def _why_turned(
    warning: Warned, content: Content, change: Change | None, kind: EventKind, *, on: date
) -> list[list[Any]]:
    """The reasons that are kept with an event, as code and parameters."""
    left = left_since(warning.organisation, warning.desk, on=on) if kind == EventKind.LAPSED else None
    if left is not None and not content.withdrawn:
        return [[DESK_LEFT, [["day", left.isoformat()]]]]
    return [[each.code, [list(pair) for pair in each.params]] for each in change.reasons] if change else []


def _followed(warning: Warned) -> bool:
    """Whether it was brought to this revision already: by another run, or told for the first time since that came in."""
    return warning.document_id == warning.advisory.document_id


def _kind(warning: Warned, told: Meant | None, change: Change | None, opened: bool) -> EventKind | None:
    """What it is for who was told."""
    if told is None:
        return None if warning.state == WarningState.LAPSED else EventKind.LAPSED
    if opened or warning.state == WarningState.LAPSED or (change is not None and change.task and not told.judged):
        return EventKind.TASK
    if change is None:
        return None
    return EventKind.AGAIN if change.tell else EventKind.SHOWN if change.material else None


def _ended(warning: Warned) -> list[WarningEvent]:
    """Keeps with the last telling as a task how it stood, before it lapses or a new task takes its place."""
    event = warning.events.filter(kind__in=(EventKind.FIRST, EventKind.TASK)).last()
    if event is None or warning.state == WarningState.LAPSED:
        return []
    event.week, event.due_at = warning.week, warning.due_at
    event.finished_at = warning.settled_at if warning.state in stating.MENDED else None
    event.save(update_fields=["week", "due_at", "finished_at"])
    return [event]


def told_again(warning: Warned, kind: EventKind | None, *, at: datetime) -> list[Any]:
    """Tells it once more where that is due; a new task also begins its term anew, and a week that ran for nobody may begin."""
    if kind not in (EventKind.TASK, EventKind.AGAIN):
        return []
    warning.seen_at, warning.seen_by, warning.reminded = None, None, 0
    warning.texts, warning.todo_at = texts_of(warning.advisory), at
    if kind == EventKind.TASK or not warning.week:
        stating.set_week(warning, own=stating.own_rating(warning))
    if kind == EventKind.TASK:
        warning.state, warning.settled_at = WarningState.OPEN, None
    warning.save()
    return telling.tell(warning, at=at)


def after_intake(took: Any, *, person: Person | None, at: datetime) -> None:
    """What follows from documents that came in: new revisions for who was told, and a desk of its own that warns by itself."""
    for advisory, change, before in took.revised:
        follow(advisory, before, change, person=person, at=at)
    for advisory in [*took.new, *(each for each, _change, _before in took.revised)]:
        if decides_itself(advisory.organisation):
            by_itself(advisory, at=at)
        fan_out(advisory, person=None, at=at)


def decides_itself(desk: Organisation) -> bool:
    """Whether a desk warns without an analyst who decides: an organisation that takes advisories in for itself."""
    return desk.kind != "csirt"


def by_itself(advisory: Advisory, *, at: datetime) -> None:
    """Decides to warn whoever an advisory touches, where nobody decided yet."""
    if advisory.decision != Decision.OPEN or not Concern.objects.filter(advisory=advisory).exists():
        return
    with doing(advisory.organisation, person=None, at=at, actor=ACTOR) as deed:
        row = Advisory.objects.select_for_update().get(pk=advisory.pk)
        if row.decision == Decision.OPEN and Concern.objects.filter(advisory=row).exists():
            row.decision, row.decided_at, row.decided_version = Decision.WARN, at, row.version
            row.save(update_fields=["decision", "decided_at", "decided_version"])
            advisory.decision, advisory.decided_at, advisory.decided_version = row.decision, at, row.version
            deed.write("decided", about=f"advisory:{row.pk}", rows=[row], name=row.number, decision=row.decision)


def told_of(organisation: Organisation) -> list[int]:
    """The advisories of which an organisation was told and that are not over for it: what a change of its register may turn."""
    rows = Warned.objects.filter(organisation=organisation).exclude(state=WarningState.LAPSED)
    return list(rows.values_list("advisory", flat=True))
