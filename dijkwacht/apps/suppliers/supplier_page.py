"""The page of one supplier, and of one service: what they hold, gathered in few reads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers import adoption_section, agreed_section, dependence_section, proof_section
from dijkwacht.apps.suppliers import register_words as say
from dijkwacht.apps.suppliers.models import Answer, Contract, ExitPlan, Service, ServiceKind, Supplier
from dijkwacht.apps.suppliers.queries import register as queries
from dijkwacht.apps.suppliers.queries.tiers import Weighed, weighed
from dijkwacht.apps.suppliers.sections import Section
from dijkwacht.core.access import Right
from dijkwacht.core.suppliers.standing import last_notice

OnSupplier = Callable[..., Section | None]
SECTIONS: Sequence[OnSupplier] = (
    proof_section.on_supplier, dependence_section.on_supplier, adoption_section.on_supplier, agreed_section.on_supplier,
)  # fmt: skip
"""What other parts of this room add to the page of a supplier, in this order."""
ANSWERS: Mapping[str, Any] = {
    "personal_data": gettext_lazy("Processes personal data"), "special_data": gettext_lazy("Special personal data or BSN"),
    "admin_access": gettext_lazy("Administrative access"), "key_register": gettext_lazy("Keeps data of a key register"),
    "national_chain": gettext_lazy("Part of a national chain"),
}  # fmt: skip


def supplier_page(seat: Seat, supplier: Supplier, *, on: date) -> dict[str, Any]:
    """What the page of a supplier shows. Of one that ended or was merged only who it was, and what stays of it."""
    rows = queries.register(seat.organisation, on=on, supplier=supplier.pk)
    row = rows[0] if rows else None
    by_id = {each.id: each for each in row.services} if row else {}
    kinds = {value: str(label) for value, label in ServiceKind.choices}
    services = [
        {"service": each, "kind": kinds[each.kind], "tier": say.tier_words(by_id[each.pk].graded)}
        for each in queries.services_of(seat.organisation, on=on, supplier=supplier.pk)
        if each.pk in by_id
    ]
    terms = list(
        queries.contracts_of(seat.organisation, on=on, over=True).filter(supplier=supplier).prefetch_related("services")
    )
    leans, leant = queries.chain_of(supplier, on=on)
    sections = [found for each in SECTIONS if (found := each(seat, supplier, on=on)) is not None]
    return {
        "seat": seat, "supplier": supplier, "row": row, "tier": say.tier_words(row.graded) if row else None,
        "answer": say.supplier_answer(row) if row else "", "needs": [say.need_words(each) for each in row.needs] if row else [],
        "services": services, "contracts": _in_order(contract_row(each, on=on) for each in terms), "leans": leans, "leant": leant,
        "changes": seat.may(Right.SUPPLY) and row is not None, "sections": sections, "on": on,
    }  # fmt: skip


def contract_row(contract: Contract, *, on: date) -> dict[str, Any]:
    """A contract with its last day, the last day for giving notice, and how it stands: runs, over, ahead."""
    notice = last_notice(contract.until, contract.notice_months)
    state = "runs" if contract.runs(on) else "ahead" if on < contract.starts_on else "over"
    return {
        "contract": contract, "last": contract.until and contract.until - timedelta(days=1), "notice": notice, "state": state,
        "notice_over": notice is not None and notice < on and state == "runs",
        "gone_on": contract.renews == Answer.YES and state == "over",
    }  # fmt: skip


def _in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Contracts that run or are to start first."""
    return sorted(rows, key=lambda each: each["state"] == "over")


def service_page(seat: Seat, service: Service, *, on: date) -> dict[str, Any]:
    """What the page of a service shows."""
    found = weighed(seat.organisation, on=on, service=service.pk).get(service.pk)
    terms = queries.contracts_of(seat.organisation, on=on, over=True).filter(services=service)
    leans, _others = queries.chain_of(service.supplier, on=on)
    return {
        "seat": seat, "service": service, "supplier": service.supplier, "uses": list(queries.uses_of(service, on=on)),
        "contracts": _in_order(contract_row(each, on=on) for each in terms),
        "leans": [each for each in leans if each.service_id in (None, service.pk)],
        "plan": ExitPlan.objects.filter(service=service).select_related("owner").first(),
        "answers": [
            (label, getattr(service, f"get_{name}_display")(), getattr(service, name)) for name, label in ANSWERS.items()
        ],
        "changes": seat.may(Right.SUPPLY) and found is not None, "on": on, **_weight(found),
    }  # fmt: skip


def _weight(found: Weighed | None) -> dict[str, Any]:
    if found is None:
        return {"tier": None, "answer": _("No longer delivered.")}
    text, kinds, doubt = say.expected(found.graded)
    return {
        "tier": say.tier_words(found.graded), "because": say.because(found), "unknown": say.unknown(found.graded),
        "answer": say.service_answer(found), "tier_text": text, "tier_proofs": kinds, "tier_doubt": doubt,
    }  # fmt: skip
