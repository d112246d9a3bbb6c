"""The list of contracts, and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.forms.register import ContractForm
from dijkwacht.apps.suppliers.models import Contract, Service, Supplier
from dijkwacht.apps.suppliers.queries.register import contracts_of
from dijkwacht.apps.suppliers.services.contracting import CLAUSES
from dijkwacht.apps.suppliers.supplier_page import contract_row
from dijkwacht.core.days import add
from dijkwacht.core.suppliers.standing import AHEAD, NEAR
from dijkwacht.web.moments import day_words

_AS_IS = (
    "title", "number", "starts_on", "notice_months", "renews", *CLAUSES, "terms", "subcontractors", "processing",
    "processing_signed_on", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """The contracts that fit, those that ask something first; the sentence above them; whether there are any at all."""

    rows: Sequence[dict[str, Any]]
    answer: str
    any: bool


def listed(organisation: Organisation, *, on: date, text: str = "") -> Listed:
    """The contracts that stand, by the first day on which something is to be decided."""
    contracts = contracts_of(organisation, on=on, over=True)
    every = [contract_row(each, on=on) for each in contracts]
    current = [each for each in every if each["state"] != "over"]
    shown = every
    if text:
        fits = Q(title__icontains=text) | Q(number__iexact=text) | Q(supplier__name__icontains=text)
        numbers = set(contracts.filter(fits).values_list("pk", flat=True))
        shown = [each for each in every if each["contract"].pk in numbers]
    return Listed(sorted(shown, key=lambda each: _order(each, on)), answer(current, on=on), bool(every))


def _order(row: dict[str, Any], on: date) -> tuple[bool, date]:
    """Those that run by the day on which something is to be decided; those that are over last, the latest first."""
    if row["state"] == "over":
        return True, date.fromordinal(date.max.toordinal() - row["contract"].until.toordinal())
    days = [day for day in (row["notice"], row["last"]) if day is not None and day >= on]
    return False, min(days, default=date.max)


def answer(rows: Sequence[dict[str, Any]], *, on: date) -> str:
    """How many contracts end soon, and until when notice can first be given."""
    if not rows:
        return _("No contract runs now.")
    ending = sum(each["last"] is not None and each["last"] < add(on, AHEAD) for each in rows)
    text = ngettext(
        "%(n)s contract, %(ending)s of them ends within half a year.",
        "%(n)s contracts, %(ending)s of them end within half a year.", len(rows),
    )  # fmt: skip
    said = text % {"n": len(rows), "ending": ending}
    notice = [each for each in rows if each["notice"] and on <= each["notice"] <= add(on, NEAR)]
    if not notice:
        return said
    first = min(notice, key=lambda each: each["notice"])
    names = {
        "name": first["contract"].title,
        "supplier": first["contract"].supplier.name,
        "day": day_words(first["notice"]),
    }
    return said + " " + _("First: notice on %(name)s (%(supplier)s) can be given until %(day)s.") % names


def contract_page(contract: Contract, *, on: date) -> dict[str, Any]:
    """What the page of a contract shows."""
    row = contract_row(contract, on=on)
    labels = {name: field.label for name, field in ContractForm.base_fields.items()}
    clauses = [(labels[name], getattr(contract, f"get_{name}_display")(), getattr(contract, name)) for name in CLAUSES]
    return {
        **row, "supplier": contract.supplier, "services": list(contract.services.order_by("name")), "clauses": clauses,
        "open": sum(value == "unknown" for _label, _said, value in clauses), "answer": _answer(row, on=on), "on": on,
    }  # fmt: skip


def _answer(row: dict[str, Any], *, on: date) -> str:
    contract: Contract = row["contract"]
    if contract.ended_on is not None and contract.ended_on <= on:
        return _("Ended on %(day)s, before its last day.") % {"day": day_words(contract.ended_on)}
    if row["state"] == "ahead":
        return _("Starts on %(day)s.") % {"day": day_words(contract.starts_on)}
    if row["state"] == "over":
        said = _("Ended on %(day)s.") % {"day": day_words(row["last"])}
        more = _("It goes on by itself, so fill in its new last day if it did.") if row["gone_on"] else ""
        return f"{said} {more}".strip()
    if row["last"] is None:
        return _("Runs without end.")
    said = _("Runs until %(day)s.") % {"day": day_words(row["last"])}
    return f"{said} {_notice(row)}"


def _notice(row: dict[str, Any]) -> str:
    if row["notice"] is None:
        return _("How long beforehand notice must be given is not known.")
    if row["notice_over"]:
        return _("Notice had to be given on %(day)s at the latest.") % {"day": day_words(row["notice"])}
    return _("Notice can be given until %(day)s.") % {"day": day_words(row["notice"])}


def initial(row: Contract) -> dict[str, Any]:
    """A contract as its form has it."""
    found = {name: getattr(row, name) for name in _AS_IS}
    last = row.until and row.until - timedelta(days=1)
    services = list(row.services.values_list("pk", flat=True))
    return {**found, "last_day": last, "owner": row.owner_id, "services": services}


def services_for(supplier: Supplier, row: Contract | None) -> list[tuple[int, str]]:
    """The services of a supplier that a contract may be about: those that run, and those under it already."""
    fits = Q(ended_on__isnull=True) | (Q(contracts=row) if row else Q(pk__in=[]))
    return list(Service.objects.filter(fits, supplier=supplier).distinct().order_by("name").values_list("pk", "name"))
