"""What a supplier register in a file changes in ours: what is new, what is told otherwise, what stays as it is. Pure.

What the file says counts, what it does not say stays. A supplier is found again by KvK number, by the number in our own books and
by name; under the number or name of one that was merged, the one it was merged into is found, and then only filled in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from dijkwacht.core.intake_values import plain
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.register_held import (
    Held,
    HeldContract,
    HeldService,
    HeldSupplier,
    Kind,
    Noted,
    Plan,
    Step,
    SubStep,
    Values,
)
from dijkwacht.core.suppliers.register_match import Matched
from dijkwacht.core.suppliers.register_rows import ContractRow, Register, ServiceRow, SupplierRow, UseRow

MOST_MONTHS = 240
_MOST = {"name": 200, "own_id": 80, "number": 80, "title": 200}


def plan(register: Register, held: Held) -> Plan:
    """What taking a register over would change."""
    notes = Noted()
    found = Matched(register.suppliers, held.suppliers, notes)
    suppliers = tuple(_supplier(row, found.of(at), notes) for at, row in enumerate(register.suppliers))
    by_supplier = _index(held.services, lambda each: (each.supplier, plain(str(each.values["name"]))))
    services = []
    for row in register.services:
        whose = suppliers[row.supplier].id
        one = None if whose is None else by_supplier.get((whose, plain(row.name)))
        services.append(_service(row, one, held, notes))
    contracts = _contracts(register, held, suppliers, services, notes)
    uses = _uses(register, services, held)
    subs = _subs(register, held, suppliers, services, found)
    _fits([*suppliers, *services, *(each for each in contracts if each), *uses], subs, notes)
    _once(suppliers, held, notes)
    return Plan(suppliers, tuple(services), contracts, uses, subs, tuple(notes.problems), tuple(notes.remarks))


def _fits(steps: Sequence[Step], subs: Sequence[SubStep], notes: Noted) -> None:
    """A problem for each text that is longer than our register keeps."""
    for step in steps:
        told = {**step.after, "name": step.name} if step.id is None else step.after
        for name, most in _MOST.items():
            if len(str(told.get(name, ""))) > most:
                notes.problem("text_too_long", step.row, most=str(most))
    for each in subs:
        if len(each.name) > _MOST["name"]:
            notes.problem("text_too_long", each.row, most=str(_MOST["name"]))


def _once(suppliers: Sequence[Step], held: Held, notes: Noted) -> None:
    """A problem for each number that two suppliers would have then."""
    changed = {step.id: step for step in suppliers if step.id is not None}
    for name in ("kvk", "own_id"):
        whose: dict[str, str] = {}
        for each in held.suppliers:
            if each.into is None and (name not in changed[each.id].after if each.id in changed else True):
                whose[str(each.values[name])] = str(each.values["name"])
        for step in suppliers:
            said = str(step.after.get(name, ""))
            if said and said in whose:
                notes.problem(f"{name}_of_another", step.row, name=step.name[:60], value=said, other=whose[said][:60])
            whose[said] = step.name


def _index(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found


def _supplier(row: SupplierRow, found: tuple[HeldSupplier, bool] | None, notes: Noted) -> Step:
    country = row.country if len(row.country) == 2 else ""
    if row.country and not country:
        notes.remark("country_unknown", row.row, value=row.country[:60])
    said: dict[str, Any] = {
        "name": row.name, "kvk": row.kvk, "own_id": row.own_id, "domain": row.domain, "country": country, "direct": True,
    }  # fmt: skip
    if found is None:
        return Step("supplier", row.row, row.name, None, _filled(said))
    held, merged = found
    if merged:
        said = {name: "" if held.values[name] else value for name, value in said.items()}
    if folded(str(held.values["name"])) == folded(row.name):
        said["name"] = ""  # the same name, written otherwise: ours stays
    return _step("supplier", (row.row, row.name), held.id, said, held.values)


def _service(row: ServiceRow, found: HeldService | None, held: Held, notes: Noted) -> Step:
    if row.hours is not None:
        notes.remark("hours_of_nothing", row.row, name=row.name[:60])
    said: dict[str, Any] = {
        "name": row.name if found is None else "", "what": row.what, "personal_data": _yes(row.personal),
        "admin_access": _yes(row.admin), "owner": _owner(row.owner, row.row, held, notes),
    }  # fmt: skip
    if row.cloud and (found is None or found.values["kind"] == "other"):
        said["kind"] = "saas"
        notes.remark("cloud_as_saas", row.row, name=row.name[:60])
    if found is None:
        return Step("service", row.row, row.name, None, _filled(said), supplier=row.supplier)
    return _step("service", (row.row, row.name), found.id, said, found.values, supplier=row.supplier)


def _contracts(
    register: Register, held: Held, suppliers: Sequence[Step], services: Sequence[Step], notes: Noted
) -> tuple[Step | None, ...]:
    ours: dict[int, list[HeldContract]] = defaultdict(list)
    for each in held.contracts:
        ours[each.supplier].append(each)
    found: list[Step | None] = []
    taken: set[int] = set()
    for row in register.contracts:
        whose = suppliers[row.supplier]
        title = row.title or row.number or whose.name
        rows = [each for each in ours[whose.id] if each.id not in taken] if whose.id is not None else []
        one = _same(row, title, rows, [services[at].id for at in row.services])
        taken |= {one.id} if one else set()
        if one is not None and one.ended:
            notes.remark("contract_ended_here", row.row, name=title[:60])
            found.append(None)
        elif one is None and row.first is None:
            notes.remark("contract_without_start", row.row, name=title[:60])
            found.append(None)
        else:
            found.append(_contract(row, one, services, held, notes, title=title))
    return tuple(found)


def _same(
    row: ContractRow, title: str, rows: Sequence[HeldContract], under: Sequence[int | None]
) -> HeldContract | None:
    """The contract of ours that a row is about: by number, else by title with its days, else by title where one has it."""
    if row.number:
        return next((each for each in rows if plain(str(each.values["number"])) == plain(row.number)), None)
    fits = [each for each in rows if plain(str(each.values["title"])) == plain(title)]
    if row.title and len(fits) == 1:
        return fits[0]
    exact = [each for each in fits if each.values["starts_on"] == row.first and each.values["until"] == _until(row)]
    under_it = [each for each in exact if set(under) <= set(each.services)]
    return next(iter(under_it or (exact if row.title else [])), None)


def _until(row: ContractRow) -> date | None:
    return None if row.last is None else row.last + timedelta(days=1)


def _contract(
    row: ContractRow, one: HeldContract | None, services: Sequence[Step], held: Held, notes: Noted, *, title: str
) -> Step | None:
    said: dict[str, Any] = {
        "number": row.number, "title": title if row.title or one is None else "", "starts_on": row.first, "until": _until(row),
        "notice_months": _months(row, notes), "processing": _PROCESSING.get(row.processing or ""),
        "audit_right": _yes(row.audit), "exit": _yes(row.exit), "owner": _owner(row.owner, row.row, held, notes),
    }  # fmt: skip
    more = tuple(at for at in row.services if one is None or services[at].id not in one.services)
    values = one.values if one else {}
    starts, until = said["starts_on"] or values.get("starts_on"), said["until"] or values.get("until")
    if starts and until and not row.endless and until <= starts:
        notes.problem("ends_before_start", row.row, value=str(until - timedelta(days=1)), start=str(starts))
        return None
    if one is None:
        return Step("contract", row.row, title, None, _filled(said), supplier=row.supplier, services=more)
    step = _step("contract", (row.row, title), one.id, said, values, supplier=row.supplier, services=more)
    if row.endless and values["until"] is not None:
        return Step(
            "contract", row.row, title, one.id, {**step.after, "until": None},
            {**step.before, "until": values["until"]}, row.supplier, services=more,
        )  # fmt: skip
    return step


_PROCESSING = {"yes": "signed", "no": "missing", "not_applicable": "not_needed"}


def _months(row: ContractRow, notes: Noted) -> int | None:
    """A term of notice in whole months, rounded up: who gives notice a little too early is in time."""
    if row.notice is None:
        return None
    months = row.notice.months + -(-row.notice.days // 28)
    if months > MOST_MONTHS:
        notes.problem("not_a_duration", row.row, value=str(row.notice))
        return None
    if row.notice.days:
        notes.remark("notice_rounded", row.row, value=str(row.notice), months=str(months))
    return months


def _uses(register: Register, services: Sequence[Step], held: Held) -> tuple[Step, ...]:
    found: dict[tuple[object, ...], Step] = {}
    for row in register.uses:
        whose = services[row.service].id
        key = (("id", whose) if whose is not None else ("at", row.service), row.kind, plain(row.name))
        found.setdefault(key, _use(row, services[row.service], held))
    return tuple(found.values())


def _use(row: UseRow, service: Step, held: Held) -> Step:
    hours = None if row.hours is None else int(row.hours)
    found = None if service.id is None else held.uses.get((service.id, row.kind, plain(row.name)))
    if found is None:
        return Step("use", row.row, row.name, None, {"hours": hours}, service=row.service, kind_of=row.kind)
    return _step(
        "use",
        (row.row, row.name),
        found[0],
        {"hours": hours},
        {"hours": found[1]},
        service=row.service,
        kind_of=row.kind,
    )


def _subs(
    register: Register, held: Held, suppliers: Sequence[Step], services: Sequence[Step], found: Matched
) -> tuple[SubStep, ...]:
    at = _index(enumerate(register.suppliers), lambda pair: plain(pair[1].name))
    also = {plain(name): (position, row) for position, row in enumerate(register.suppliers) for name in row.also}
    short = _index(enumerate(register.suppliers), lambda pair: folded(pair[1].name))
    steps: dict[tuple[object, ...], SubStep] = {}
    for row in register.subs:
        pair = at.get(plain(row.name)) or also.get(plain(row.name)) or short.get(folded(row.name))
        to = pair[0] if pair else None
        ours = suppliers[to].id if to is not None else found.named(row.name)
        whose = suppliers[row.supplier].id
        if to == row.supplier or (ours is not None and ours == whose):
            continue  # on itself nobody leans
        service = None if row.service is None else services[row.service].id
        known = whose is not None and ours is not None and (row.service is None or service is not None)
        there = known and (whose, service, ours) in held.subs
        key = (row.supplier, row.service, f"at {to}" if to is not None else f"id {ours}" if ours else folded(row.name))
        steps.setdefault(
            key, SubStep(row.row, row.supplier, row.service, row.name, to, ours if to is None else None, there)
        )
    return tuple(steps.values())


def _owner(address: str, row: int, held: Held, notes: Noted) -> str:
    if not address or address.casefold() in held.owners:
        return address.casefold()
    notes.remark("owner_unknown", row, value=address[:80])
    return ""


def _yes(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def _filled(said: Values) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}


def _step(kind: Kind, at: tuple[int, str], ours: int, said: Values, held: Values, **more: Any) -> Step:
    """A step about what is ours already: of what the file says only what differs. ``at``: row and name."""
    after = {key: value for key, value in _filled(said).items() if value != held[key]}
    return Step(kind, *at, ours, after, {key: held[key] for key in after}, **more)
