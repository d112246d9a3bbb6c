"""A supplier register out of a file: read, held against ours, and then all of it taken over or nothing.

The same file again changes nothing. What a file says is read by `adapters/suppliers`; what that changes is decided by
`core/suppliers/register_plan`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.db.models import Model

from dijkwacht.adapters.suppliers import FORMS, LIMITS, read_register
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import IN_ONE_ENTRY, register_subjects, rename_subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.suppliers.models import Contract, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.held import held_of
from dijkwacht.apps.suppliers.services import telling
from dijkwacht.apps.suppliers.services.adopting import check_number
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.core.intake_values import plain
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.register_held import Plan, Step, SubStep
from dijkwacht.core.suppliers.register_plan import plan
from dijkwacht.core.suppliers.register_rows import Register
from dijkwacht.web.moments import day_of

__all__ = ["FORMS", "LARGEST", "Taken", "fingerprint", "plan_of", "read", "take_over"]

LARGEST = LIMITS.size
_USES = ("process", "system")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a file over came to, in rows of the register."""

    added: int
    changed: int
    unchanged: int


def read(data: bytes, name: str, *, form: str = "") -> Register:
    """What a file says. ``form``: as a person says that it is. Whatever is wrong with it is a problem in the answer."""
    return read_register(data, name, form=form if form in FORMS else None)


def plan_of(organisation: Organisation, register: Register, *, at: datetime) -> Plan:
    """What a file would change in the register of an organisation."""
    return plan(register, held_of(organisation, on=day_of(at)))


def fingerprint(found: Plan) -> str:
    """What tells one plan from another: who looked at it takes over this one and no other."""
    return sha256(repr(found).encode()).hexdigest()


def take_over(
    organisation: Organisation, register: Register, *, name: str, person: Person | None, at: datetime, actor: str = "",
    digest: str = "", seen: str = "",
) -> Taken:  # fmt: skip
    """Takes a register over, all of it or nothing. ``seen``: the fingerprint of the plan that the person looked at.

    One entry in the trail tells of at most `IN_ONE_ENTRY` rows.
    Raises Refused (register_not_usable, register_moved_on, kvk_adopted).
    """
    if not register.usable:
        raise Refused("register_not_usable")
    with doing(organisation, person=person, at=at, actor=actor) as deed:
        found = plan_of(organisation, register, at=at)
        if seen and fingerprint(found) != seen:
            raise Refused("register_moved_on")
        if found.problems:
            raise Refused("register_not_usable")
        taken = Taken(found.count("added"), found.count("changed"), found.count("unchanged"))
        writer = _Writer(deed, found)
        rows = writer.write()
        told = {"file": name[:200], "sha256": digest, "added": taken.added, "changed": taken.changed}
        for part, some in enumerate(_portions(rows)):
            deed.write("register_imported", about=organisation.slug, rows=some, part=part + 1, **told)
        if rows:
            telling.settle(organisation, at=at, suppliers=writer.touched)
    return taken


def _portions(rows: Sequence[Model]) -> Iterator[Sequence[Model]]:
    for start in range(0, len(rows), IN_ONE_ENTRY):
        yield rows[start : start + IN_ONE_ENTRY]


class _Writer:
    """Writes a plan: suppliers first, then what hangs on them."""

    def __init__(self, deed: Deed, found: Plan) -> None:
        self.deed, self.plan, self.on = deed, found, day_of(deed.at)
        self.rows: list[Model] = []
        self.owners = {each.email.casefold(): each for each in persons_in(deed.organisation, on=self.on)}
        self.suppliers: list[int] = []
        self.services: list[int] = []

    @property
    def touched(self) -> list[int]:
        """The suppliers of the file, by number."""
        return sorted(set(self.suppliers))

    def write(self) -> list[Model]:
        """All rows that were made or changed."""
        self._suppliers()
        self._services()
        self._contracts()
        self._uses()
        self._subs()
        return self.rows

    def _subjects(self, kind: str, names: Sequence[str]) -> list[Subject]:
        deed = self.deed
        return register_subjects(
            deed.organisation, kind=kind, names=names, person=deed.person, actor=deed.actor, on=self.on, at=deed.at
        )

    def _suppliers(self) -> None:
        steps = self.plan.suppliers
        fresh = [step for step in steps if step.id is None or "direct" in step.after]
        subjects = dict(zip(map(id, fresh), self._subjects("supplier", [each.name for each in fresh]), strict=True))
        Supplier.objects.filter(pk__in=[each.id for each in steps if each.id and "own_id" in each.after]).update(
            own_id=""
        )
        ours = Supplier.objects.in_bulk([each.id for each in steps if each.id is not None])
        made = [self._supplier(step, ours, subjects.get(id(step))) for step in steps]
        self.suppliers = self._stored(Supplier, steps, made, ("name", "kvk", "own_id", "domain", "country", "subject"))
        renamed = {
            row.subject_id: row.name for row, step in zip(made, steps, strict=True) if step.id and "name" in step.after
        }
        self._rename(renamed)

    def _supplier(self, step: Step, ours: Mapping[int, Supplier], subject: Subject | None) -> Supplier:
        row = Supplier(organisation=self.deed.organisation, added_on=self.on) if step.id is None else ours[step.id]
        row.subject = subject or row.subject
        if step.id is not None and "kvk" in step.after:
            check_number(row, step.after["kvk"])
        return _put(row, {name: value for name, value in step.after.items() if name != "direct"})

    def _rename(self, names: Mapping[int | None, str]) -> None:
        for subject in Subject.objects.filter(pk__in=[each for each in names if each is not None]):
            rename_subject(
                subject,
                name=names[subject.pk],
                person=self.deed.person,
                actor=self.deed.actor,
                on=self.on,
                at=self.deed.at,
            )

    def _services(self) -> None:
        steps = self.plan.services
        fresh = [step for step in steps if step.id is None]
        subjects = dict(zip(map(id, fresh), self._subjects("service", [each.name for each in fresh]), strict=True))
        ours = Service.objects.in_bulk([each.id for each in steps if each.id is not None])
        made = [self._service(step, ours, subjects.get(id(step))) for step in steps]
        self.services = self._stored(Service, steps, made, ("what", "kind", "personal_data", "admin_access", "owner"))

    def _service(self, step: Step, ours: Mapping[int, Service], subject: Subject | None) -> Service:
        if step.id is not None:
            return self._owned(ours[step.id], step.after)
        row = Service(
            organisation=self.deed.organisation,
            supplier_id=self.suppliers[step.supplier],
            added_on=self.on,
            subject=subject,
        )
        return self._owned(row, step.after)

    def _contracts(self) -> None:
        steps = [each for each in self.plan.contracts if each is not None]
        ours = Contract.objects.in_bulk([each.id for each in steps if each.id is not None])
        made = [self._contract(step, ours) for step in steps]
        columns = (
            "title",
            "number",
            "starts_on",
            "until",
            "notice_months",
            "processing",
            "audit_right",
            "exit",
            "owner",
        )
        numbers = self._stored(Contract, steps, made, columns)
        through = Contract.services.through
        links = [
            through(contract_id=number, service_id=self.services[at])
            for number, step in zip(numbers, steps, strict=True)
            for at in step.services
        ]
        through._default_manager.bulk_create(links, batch_size=IN_ONE_ENTRY)

    def _contract(self, step: Step, ours: Mapping[int, Contract]) -> Contract:
        if step.id is not None:
            return self._owned(ours[step.id], step.after)
        row = Contract(
            organisation=self.deed.organisation, supplier_id=self.suppliers[step.supplier], added_by=self.deed.person,
            added_at=self.deed.at,
        )  # fmt: skip
        return self._owned(row, step.after)

    def _uses(self) -> None:
        subjects = self._registered()
        ours = Use.objects.in_bulk([each.id for each in self.plan.uses if each.id is not None])
        made = []
        for step in self.plan.uses:
            if step.id is None:
                at = {"service_id": self.services[step.service or 0], "since": self.on}
                row = Use(subject=subjects[step.kind_of, plain(step.name)], hours=step.after["hours"], **at)
            else:
                row = _put(ours[step.id], step.after)
            made.append(row)
        self._stored(Use, self.plan.uses, made, ("hours",))

    def _registered(self) -> dict[tuple[str, str], Subject]:
        """The processes and systems that are named; those that are not in the ledger yet come in it."""
        rows = Subject.objects.filter(organisation=self.deed.organisation, kind__in=_USES, archived_at__isnull=True)
        found = {(each.kind, plain(each.name)): each for each in rows.order_by("-pk")}
        for kind in _USES:
            wanted = [step.name for step in self.plan.uses if step.kind_of == kind and step.id is None]
            names = {plain(each): each for each in reversed(wanted) if (kind, plain(each)) not in found}
            for subject in self._subjects(kind, list(names.values())):
                found[kind, plain(subject.name)] = subject
        return found

    def _subs(self) -> None:
        steps = [each for each in self.plan.subs if not each.there]
        names = {folded(each.name): each.name for each in reversed(steps) if each.to is None and each.held is None}
        organisation = self.deed.organisation
        fresh = [Supplier(organisation=organisation, name=name, added_on=self.on) for name in names.values()]
        further = Supplier.objects.bulk_create(fresh, batch_size=IN_ONE_ENTRY)
        by_name = {name: row.pk for name, row in zip(names, further, strict=True)}
        links = [
            SubSupplier(
                organisation=organisation, supplier_id=self.suppliers[each.supplier], since=self.on,
                service_id=None if each.service is None else self.services[each.service], on_id=self._whom(each, by_name),
            )
            for each in steps
        ]  # fmt: skip
        self.rows += further
        self.rows += SubSupplier.objects.bulk_create(links, batch_size=IN_ONE_ENTRY)

    def _whom(self, step: SubStep, by_name: Mapping[str, int]) -> int:
        """The number of who is leant on: in the file, in the register, or new."""
        if step.to is not None:
            return self.suppliers[step.to]
        return by_name[folded(step.name)] if step.held is None else step.held

    def _owned(self, row: M, values: Mapping[str, Any]) -> M:
        """The row with its values; an owner is a person, found by address."""
        return _put(row, {**values, "owner": self.owners[values["owner"]]} if "owner" in values else values)

    def _stored(
        self, model: type[Any], steps: Sequence[Step], made: Sequence[Any], columns: Iterable[str]
    ) -> list[int]:
        """Writes what is new and what changed; the number of each, in the order of the steps."""
        pairs = list(zip(made, steps, strict=True))
        model._default_manager.bulk_create([row for row, step in pairs if step.id is None], batch_size=IN_ONE_ENTRY)
        changed = list({row.pk: row for row, step in pairs if step.state == "changed"}.values())
        # Rows that are there already, written by an insert: an update of thousands takes many times as long.
        model._default_manager.bulk_create(
            changed, update_conflicts=True, update_fields=list(columns), unique_fields=["pk"], batch_size=IN_ONE_ENTRY
        )
        self.rows += [*(row for row, step in pairs if step.id is None), *changed]
        return [row.pk for row in made]


def _put(row: M, values: Mapping[str, Any]) -> M:
    for name, value in values.items():
        setattr(row, name, value)
    return row
