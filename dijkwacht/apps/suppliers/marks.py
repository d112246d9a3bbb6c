"""Which rows of this room the trail tells of, and how. Every table that an act changes stands here.

What happens in a joint review stands in the trail of who keeps the review, whoever does it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model

from dijkwacht.apps.suppliers import models
from dijkwacht.apps.trail.marks import Part, table


def _services(model: type[Model]) -> Part:
    """Which services a contract or a proof is about."""

    def services(rows: Collection[Any]) -> Mapping[Any, list[int]]:
        found: dict[Any, list[int]] = {row: [] for row in rows}
        through = model.services.through.objects  # type: ignore[attr-defined]
        own = model._meta.model_name
        links = through.filter(**{f"{own}__in": list(rows)}).order_by("service_id")
        for row, service in links.values_list(f"{own}_id", "service_id"):
            found[row].append(service)
        return found

    return services


OF_REVIEW = "review__organisation"
OF_QUESTION = "question__review__organisation"
TABLES = (
    table("supplier", models.Supplier, keys={"subject": "subject__key"}),
    table("service", models.Service, keys={"subject": "subject__key"}),
    table("contract", models.Contract, keys={"file": "file__sha256"}, parts={"services": _services(models.Contract)}),
    table("use", models.Use, within="service__organisation", keys={"subject": "subject__key"}),
    table("sub_supplier", models.SubSupplier),
    table("exit_plan", models.ExitPlan, within="service__organisation"),
    table("distinct", models.Distinct),
    table("order", models.Order),
    table("replacement", models.Replacement, within="order__organisation"),
    table("proof", models.Proof, keys={"file": "file__sha256"}, parts={"services": _services(models.Proof)}),
    table("letter", models.Letter, within="proof__organisation", keys={"file": "file__sha256"}),
    table("supplier_finding", models.Finding),
    table("joint_review", models.Review, keys={"subject": "subject__key"}),
    table("review_party", models.Party, within=OF_REVIEW),
    table(
        "review_invitation",
        models.Invitation,
        within="party__review__organisation",
        without=("claimed_at", "sent_at", "trouble"),
    ),
    table("review_question", models.Question, within=OF_REVIEW),
    table("review_reply", models.Reply, within=OF_QUESTION),
    table("review_exhibit", models.Exhibit, within=OF_QUESTION, keys={"file": "file__sha256"}),
    table("review_looked", models.Looked, within="exhibit__question__review__organisation"),
    table("review_judgement", models.Judgement, within=OF_QUESTION),
    table("review_finding", models.ReviewFinding, within=OF_QUESTION),
    table("adoption", models.Adoption),
    table("private_set", models.PrivateSet),
    table("private_requirement", models.PrivateRequirement, within="set__organisation"),
    table("tender", models.Tender, keys={"file": "file__sha256"}),
    table("tender_line", models.TenderLine, within="tender__organisation"),
    table("offer", models.Offer, within="tender__organisation", keys={"file": "file__sha256"}),
    table("offer_line", models.OfferLine, within="offer__tender__organisation"),
    table("agreed", models.Agreed),
    table("follow_up", models.FollowUp, within="agreed__organisation", keys={"file": "file__sha256"}),
    table("collective", models.Collective),
    table("covering", models.Covering, within="collective__organisation"),
    table("membership", models.Membership),
    table("business", models.Business),
)
