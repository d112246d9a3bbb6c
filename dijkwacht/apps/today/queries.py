"""What needs somebody: gathered from the ledger, in the order in which it presses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q

from dijkwacht.apps.accountability.models import Remark
from dijkwacht.apps.accountability.queries.reading_room import open_remarks
from dijkwacht.apps.ledger import reasons_json, receipts, words
from dijkwacht.apps.ledger.models import ALL, Assignment, Fact, Tally, Verdict
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries import asked, facts, subjects, verdicts
from dijkwacht.apps.ledger.receipts import Turned
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.models import Membership
from dijkwacht.apps.suppliers.queries.asked import Asked
from dijkwacht.apps.suppliers.queries.proofs import DueSoon
from dijkwacht.apps.today import work
from dijkwacht.apps.today.beyond import Beyond, beyond
from dijkwacht.apps.today.expiring import end, ends
from dijkwacht.apps.today.incidents import Pressing, pressing
from dijkwacht.apps.today.outside import Outside, outside
from dijkwacht.apps.today.shapes import AccountState, Ask, Expiry, Task
from dijkwacht.apps.today.signing import ToSign, to_sign
from dijkwacht.apps.today.suppliers import Needed, agreed_late, asked_of_us, joint_reviews, suppliers, to_confirm
from dijkwacht.apps.today.warnings import Warnings, warnings
from dijkwacht.core.access import Right
from dijkwacht.core.facts import Assurance
from dijkwacht.core.questions import Question
from dijkwacht.core.select import same, usable
from dijkwacht.core.verdict import Status
from dijkwacht.web.context import address

SOON, LATER = 30, 90  # days ahead
BACK = 7  # days of what turned
FIRST = 3  # questions shown


class Day:
    """One day in one seat, ``at`` a moment of it. Each part is worked out when it is asked for."""

    def __init__(self, seat: Seat, *, on: date, at: datetime) -> None:
        self.seat, self.on, self.at = seat, on, at
        self.organisation = seat.organisation

    @cached_property
    def packs(self) -> Packs:
        """The packs in force."""
        return packs_on(self.on)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of subjects."""
        return subjects.names(self.organisation)

    @property
    def sees(self) -> bool:
        """Whether this person sees the organisation as a whole, or only what was asked of him."""
        return self.seat.may(Right.SEE)

    # -- what is asked -------------------------------------------------------------------------------
    @cached_property
    def handed(self) -> list[work.Handed]:
        """Lines of ENSIA that were handed to this person."""
        return work.handed(self.seat, on=self.on)

    @cached_property
    def plan(self) -> work.Plan | None:
        """His actions, and for who keeps the management system how many of others are late."""
        if not self.sees:
            return None
        found = work.pressing_actions(self.seat, on=self.on)
        return found if self.seat.may(Right.KEEP_ISMS) else work.Plan(found.own, 0)

    @cached_property
    def outside(self) -> Outside:
        """What outsiders can see that this person should look at."""
        return outside(self.seat, on=self.on)

    @cached_property
    def incidents(self) -> Pressing:
        """Terms of incidents that press, and incidents to weigh, for who handles them."""
        return pressing(self.seat, at=self.at)

    @cached_property
    def warnings(self) -> Warnings:
        """Warnings that nobody saw, weeks that press and what should be in writing, for who handles warnings."""
        return warnings(self.seat, at=self.at)

    @cached_property
    def beyond(self) -> Beyond:
        """What happens beyond the own walls and needs this person: crisis, public order, exercises, who does what."""
        return beyond(self.seat, on=self.on, at=self.at)

    @cached_property
    def suppliers(self) -> DueSoon:
        """What ends or is late at suppliers, for who keeps their register."""
        return suppliers(self.seat, on=self.on)

    @cached_property
    def agreed_late(self) -> int:
        """How many requirements that were agreed with suppliers should have been looked at by now."""
        return agreed_late(self.seat, on=self.on)

    @cached_property
    def to_confirm(self) -> list[Membership]:
        """Collective services in which we are said to take part, to confirm."""
        return to_confirm(self.seat, on=self.on)

    @cached_property
    def joint_reviews(self) -> list[Needed]:
        """Joint reviews in which this person has something to do."""
        return joint_reviews(self.seat, on=self.on)

    @cached_property
    def asked_of_us(self) -> list[Asked]:
        """Of a supplier: joint reviews that wait for its answers."""
        return asked_of_us(self.seat)

    @cached_property
    def tasks(self) -> list[Task]:
        """What was asked of this person and is not done, the oldest first; what a line of ENSIA asks stands there."""
        there = frozenset(name for each in self.handed for name in each.requirements)
        rows = facts.assignments(self.organisation, person=self.seat.person).exclude(requirement__in=there)
        return [Task(row, text) for row in rows if (text := self._asked(row))]

    def _asked(self, row: Assignment) -> str:
        if row.subject is not None:
            return self._question(row.subject.key, row.fact_type)
        rule = self.packs.norms.requirements.get(row.requirement)
        return f"{rule.number} {words.title(rule)}" if rule else ""

    def _question(self, subject: str, fact_type: str) -> str:
        """The words of a question; empty when no pack asks it any more."""
        try:
            return words.asked(self.packs.fact_type(fact_type), subject, self.names)
        except KeyError:
            return ""

    @cached_property
    def _open(self) -> list[Question]:
        return asked.questions_for(self.seat, on=self.on) if self.seat.may(Right.ANSWER_ASSIGNED) else []

    @property
    def questions_left(self) -> int:
        """How many questions still decide something."""
        return len(self._open)

    @property
    def questions(self) -> list[Ask]:
        """The first of them."""
        return [
            Ask(
                each.subject,
                each.fact_type,
                self._question(each.subject, each.fact_type),
                len({name for name, _ in each.lines}),
            )
            for each in self._open[:FIRST]
        ]

    # -- what is to be signed, and what readers remarked ---------------------------------------------
    @cached_property
    def to_sign(self) -> list[ToSign]:
        """Statements that wait for the signature of this person."""
        return to_sign(self.seat, self.packs.norms) if self.seat.may(Right.SIGN) else []

    @cached_property
    def remarks(self) -> list[Remark]:
        """What readers of our statements remarked, for who answers that."""
        return list(open_remarks(self.organisation)) if self.seat.may(Right.PREPARE) else []

    # -- what expires --------------------------------------------------------------------------------
    @cached_property
    def expiries(self) -> list[Expiry]:
        """Answers that verdicts rest on and that run out within 90 days or did so, the first first."""
        rows = Verdict.objects.filter(
            organisation=self.organisation, stale_at__isnull=False, stale_at__lte=self.on + timedelta(days=LATER)
        ).values_list("requirement", "subject__key", "stale_at", "reasons")
        due = [(name, key, day, reasons_json.load(stored)) for name, key, day, stored in rows]
        days = ends({reason.fact_id for *_, reasons in due for reason in reasons if reason.fact_id}, self.packs)
        groups: dict[tuple[date, str, str], set[str]] = {}
        for name, key, day, reasons in due:
            if day is None:
                continue
            reason = next((each for each in reasons if end(each, days) == day), None)
            known = reason is not None and reason.fact_type is not None
            about = (reason.subject or key, reason.fact_type) if reason and known else (key, "")
            groups.setdefault((day, about[0], about[1] or ""), set()).add(name)
        return [
            Expiry(subject, fact_type, self._question(subject, fact_type) or self._of(names), day, len(names))
            for (day, subject, fact_type), names in sorted(groups.items())
        ]

    def _of(self, names: Iterable[str]) -> str:
        """The requirements by number, where no single answer explains why time changes them."""
        rules = (self.packs.norms.requirements.get(name) for name in sorted(names))
        return ", ".join(f"{rule.number} {words.title(rule)}" for rule in rules if rule)

    @property
    def soon(self) -> list[Expiry]:
        """Those within 30 days, or past."""
        return [each for each in self.expiries if each.day <= self.on + timedelta(days=SOON)]

    @property
    def later(self) -> list[Expiry]:
        """Those after that."""
        return [each for each in self.expiries if each.day > self.on + timedelta(days=SOON)]

    # -- what contradicts ----------------------------------------------------------------------------
    @cached_property
    def contradictions(self) -> list[Ask]:
        """Questions with more than one answer that counts today, and that differ."""
        running = Q(valid_from__lte=self.on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=self.on))
        rows = Fact.objects.filter(running, organisation=self.organisation, superseded_at__isnull=True)
        several = rows.order_by().values_list("subject__key", "fact_type").annotate(n=Count("pk")).filter(n__gt=1)
        pairs = [(key, name) for key, name, _ in several]
        if not pairs:
            return []
        found = verdicts.judgement_of(self.organisation, on=self.on, known_at=self.on).world.facts
        return [
            Ask(key, name, self._question(key, name), len(self.packs.dependencies.touched([name])))
            for key, name in pairs
            if self._question(key, name) and self._differ(found.get((key, name), []), name)
        ]

    def _differ(self, found: Sequence[object], fact_type: str) -> bool:
        kind = self.packs.fact_type(fact_type)
        live = usable(found, kind, on=self.on, known_at=self.on)  # type: ignore[arg-type]
        return any(not same(live[0].value, each.value) for each in live)

    # -- what turned, and how we stand ---------------------------------------------------------------
    @cached_property
    def turned(self) -> tuple[Turned, ...]:
        """Verdicts that are not what they were a week ago, the last that turned first."""
        since = self.on - timedelta(days=BACK)
        net: dict[tuple[str, str], Turned] = {}
        for each in receipts.turned(self.seat, verdicts.turns(self.organisation, since=since), on=self.on):
            key = each.line.id, each.about
            net[key] = replace(net[key], before=each.before) if key in net else each  # from the latest back
        return tuple(each for each in net.values() if each.before != each.after)

    @cached_property
    def _tallies(self) -> dict[str, Tally]:
        return verdicts.tallies(self.organisation)

    @property
    def whole(self) -> Tally | None:
        """Every line once, with the reuse factor; None while nothing was judged."""
        return self._tallies.get(ALL)

    @cached_property
    def accounts(self) -> list[AccountState]:
        """The accounts in the order of the packs, as last counted."""
        accounts = self.packs.norms.accounts.values()
        return [
            AccountState(
                each,
                self._tallies[each.id],
                address("accountability:account", organisation=self.organisation.slug, account=each.id),
            )
            for each in accounts
            if each.id in self._tallies
        ]

    @cached_property
    def only_said(self) -> int:
        """How many lines are in order on a mere statement: what an auditor looks at first."""
        rows = Verdict.objects.filter(organisation=self.organisation, status=Status.MET, assurance=Assurance.STATED)
        return rows.count()
