"""Which rows of this room the trail tells of, and how. Every table that an act changes stands here.

Of a signal the texts themselves are left out: the trail holds one digest of them, made with a salt that is erased with the text.
So nobody can guess from the trail what an erased signal said, and a text that was altered is still seen.
"""

from collections.abc import Collection, Mapping
from typing import Any

from dijkwacht.apps.order.models import Alternative, DecisionFile, Hearing, Signal, Step
from dijkwacht.apps.trail.marks import table
from dijkwacht.core.signals import digest

TEXTS = ("purpose", "reason", "basis", "question", "necessity", "why_kept")
"""What is erased of a signal, and held by its digest until then."""


def _texts(rows: Collection[Any]) -> Mapping[Any, str]:
    """Per signal the digest of what it says now; of one that was erased the digest that it kept."""
    found = Signal.objects.filter(pk__in=list(rows)).values_list("pk", "erased_at", "digest", "salt", *TEXTS)
    return {pk: kept if erased else digest(salt, texts) for pk, erased, kept, salt, *texts in found}


def _advice(rows: Collection[Any]) -> Mapping[Any, str]:
    """Per signal the digest of what the officer wrote; nothing of one that was erased."""
    found = Signal.objects.filter(pk__in=list(rows)).values_list("pk", "erased_at", "salt", "advice")
    return {pk: "" if erased else digest(salt, [advice]) for pk, erased, salt, advice in found}


TABLES = (
    table("decision_file", DecisionFile),
    table("order_alternative", Alternative, within="file__organisation"),
    table("order_hearing", Hearing, within="file__organisation"),
    table("order_step", Step, within="file__organisation"),
    table("order_signal", Signal, without=(*TEXTS, "salt", "advice"), parts={"texts": _texts, "advice": _advice}),
)
