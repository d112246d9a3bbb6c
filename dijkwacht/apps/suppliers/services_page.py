"""The list of all services, and what can lean on one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import register_words as say
from dijkwacht.apps.suppliers.models import Service, Use
from dijkwacht.apps.suppliers.queries.tiers import Weighed, weighed
from dijkwacht.apps.suppliers.services.using import KINDS
from dijkwacht.norms.suppliers import supplier_rules
from dijkwacht.web.terms import kind_words


def listed(organisation: Organisation, *, on: date, text: str = "", tier: str = "") -> tuple[list[Weighed], str, bool]:
    """The services that fit, the heaviest first; the sentence above them; and whether there are any at all."""
    every = list(weighed(organisation, on=on).values())
    rows = [each for each in every if not tier or each.graded.tier.id == tier]
    if text:
        said = text.casefold()
        suppliers = set(
            Service.objects.filter(organisation=organisation, supplier__name__icontains=text).values_list(
                "pk", flat=True
            )
        )
        rows = [each for each in rows if said in each.name.casefold() or each.id in suppliers]
    rows.sort(key=lambda each: (-each.graded.tier.rank, each.graded.settled, each.name.casefold()))
    return rows, answer(every), bool(every)


def answer(rows: Sequence[Weighed]) -> str:
    """How many there are, how heavy, and of how many that is not settled."""
    if not rows:
        return ""
    top = max(each.rank for each in supplier_rules().tiers)
    heavy, unsure = sum(each.graded.tier.rank == top for each in rows), sum(not each.graded.settled for each in rows)
    text = ngettext(
        "%(n)s service, %(heavy)s of them critical.", "%(n)s services, %(heavy)s of them critical.", len(rows)
    )
    said = text % {"n": len(rows), "heavy": heavy}
    if not unsure:
        return said
    more = ngettext(
        "Of %(n)s the tier may still rise: not everything is known.",
        "Of %(n)s the tier may still rise: not everything is known.", unsure,
    )  # fmt: skip
    return f"{said} {more % {'n': unsure}}"


def rows(shown: Sequence[Weighed]) -> list[dict[str, Any]]:
    """The services of one page, each with its tier in words, how many lean on it, and whether there is an exit plan."""
    numbers = [each.id for each in shown]
    found = Service.objects.filter(pk__in=numbers).select_related("supplier", "owner", "exit_plan").in_bulk()
    leaning: dict[int, int] = {}
    for service in Use.objects.filter(service__in=numbers, ended_on__isnull=True).values_list("service", flat=True):
        leaning[service] = leaning.get(service, 0) + 1
    return [
        {
            "service": found[each.id], "tier": say.tier_words(each.graded), "uses": leaning.get(each.id, 0),
            "because": ", ".join(reason.name for reason in say.because(each)), "exit": hasattr(found[each.id], "exit_plan"),
        }
        for each in shown
    ]  # fmt: skip


def subjects(organisation: Organisation, service: Service) -> list[tuple[str, list[tuple[int, str]]]]:
    """The processes and systems that do not lean on a service yet, to choose from."""
    taken = Use.objects.filter(service=service, ended_on__isnull=True).values("subject")
    rows_ = Subject.objects.filter(organisation=organisation, kind__in=KINDS, archived_at__isnull=True).exclude(
        pk__in=taken
    )
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KINDS}
    for pk, kind, name in rows_.order_by("name").values_list("pk", "kind", "name"):
        found[kind].append((pk, name))
    names = {"process": _("Processes"), "system": _("Systems")}
    return [(str(names.get(kind, kind_words(kind))), some) for kind, some in found.items() if some]
