"""The management system of Dijkstad, made through the verbs of its room: some is in order, some is late. All invented."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dijkwacht.apps.isms.models import Finding, Risk
from dijkwacht.apps.isms.services import audits, plan, policies, reviews, risks, scope, things
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import set_owner
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.read import isms_on

CONTEXT = (
    "small-team", "outsourced-it", "ot", "budget", "ransomware", "cbw", "chain", "cloud", "residents", "council", "college",
    "owners", "rdi", "csirt", "ap", "scheme-owners", "partners", "suppliers",
)  # fmt: skip
INSIDE = "Alle processen en systemen van de gemeente Dijkstad, ook wat ICT-samenwerking De Meren en leveranciers voor ons doen."
OUTSIDE = "De veiligheidsregio en de omgevingsdienst: die hebben een eigen managementsysteem."
REASONS = (
    "De wet geldt voor de hele gemeente. Een kleinere grens zou de bediening van gemalen en bruggen buiten beeld laten."
)
AREAS = ("political", "diplomatic", "financial", "image", "trust", "publicity", "motivation", "control")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A known risk as Dijkstad weighs it: likelihood and impacts without measures, and what remains."""

    known: str
    owner: str
    subjects: tuple[str, ...]
    inherent: tuple[int, str]
    residual: tuple[int, str] | None
    treatment: str = ""


# Impacts in the order of AREAS, one digit each: without measures, and with what is in place (empty: not weighed yet).
RISKS = (
    Weighed("ransomware", "proces", ("zaaksysteem", "burgerzaken"), (4, "32434434"), (3, "22323323"), "mitigate"),
    Weighed("shared-service", "proces", ("zaaksysteem",), (3, "23323224"), (2, "22323223"), "mitigate"),
    Weighed("ot", "openbareorde", ("gemalen",), (2, "32334323"), (2, "32224322"), "mitigate"),
    Weighed("supplier-breach", "proces", ("zaakzicht",), (3, "22223312"), (2, "21223212"), "mitigate"),
    Weighed("curiosity", "proces", ("burgerzaken", "uitkeringen"), (3, "23122222"), (2, "22112221"), "mitigate"),
    Weighed("key-person", "proces", (), (3, "11211133"), None, ""),
    Weighed("leavers", "proces", ("zaaksysteem", "financien"), (4, "11212113"), (2, "11212112"), "mitigate"),
    Weighed("building", "proces", ("gemeentehuis",), (2, "11222232"), (1, "11212122"), ""),
)  # fmt: skip
GRADES: Mapping[str, tuple[int, int, int, int, int]] = {
    "paspoorten": (3, 4, 3, 8, 4), "uitkeringen": (3, 3, 4, 24, 24), "burgerzaken": (3, 4, 3, 8, 4),
    "zaaksysteem": (2, 3, 3, 24, 24), "gemalen": (4, 4, 2, 1, 1), "financien": (2, 3, 3, 72, 24),
}  # fmt: skip
POLICIES = (
    ("security", 400, "Collegebesluit 2025-118"), ("roles", 150, ""), ("risk-method", 90, ""), ("incidents", 200, ""),
    ("backup", 340, ""), ("suppliers", 0, ""), ("cloud", 0, ""),
)  # fmt: skip


@dataclass(slots=True)
class Story:
    """Dijkstad, its people and subjects, and the days on which things happened."""

    organisation: Organisation
    person: Callable[[str], Person]
    subjects: Mapping[str, Subject]
    moment: Callable[[date], datetime]
    on: date

    def by(self, who: str, days_ago: int) -> dict[str, Any]:
        """Who did something, so many days ago."""
        day = self.on - timedelta(days=days_ago)
        return {"person": self.person(who), "on": day, "at": self.moment(day)}

    def ahead(self, days: int) -> date:
        """The day that lies so many days ahead; behind when negative."""
        return self.on + timedelta(days=days)


def begin(story: Story) -> None:
    """Scope, context and classification: 29 to 26 days ago."""
    _scope(story)
    _things(story)


def go_on(story: Story) -> None:
    """All that followed, from 25 days ago."""
    made = _risks(story)
    findings = _audits(story)
    _plan(story, made, findings)
    _policies(story)
    _review(story)


def _scope(story: Story) -> None:
    draft = scope.draft_scope(
        story.organisation, inside=INSIDE, outside=OUTSIDE, reasons=REASONS, **story.by("ciso", 29)
    )
    scope.take_over(story.organisation, known=CONTEXT, **story.by("ciso", 29))
    decided = scope.decide_scope(draft, **story.by("college", 28))
    scope.publish_scope(decided, place="https://www.dijkstad.example/isms", **story.by("ciso", 28))
    scope.confirm_context(story.organisation, **story.by("ciso", 27))


def _things(story: Story) -> None:
    owners = {"paspoorten": "proces", "uitkeringen": "proces", "burgerzaken": "proces", "gemalen": "openbareorde"}
    for key, who in owners.items():
        set_owner(story.subjects[key], owner=story.person(who), **story.by("ciso", 27))
    for key, (available, right, secret, recovery, loss) in GRADES.items():
        subject = story.subjects[key]
        levels = {"availability": available, "integrity": right, "confidentiality": secret}
        grading = things.Grading(levels, recovery, loss, available >= 3 if subject.kind == "process" else None)
        things.classify(subject, grading=grading, **story.by("ciso", 26))
    for key, names in (("paspoorten", ("burgerzaken",)), ("uitkeringen", ("zaaksysteem", "financien"))):
        things.lean(story.subjects[key], systems=[story.subjects[name] for name in names], **story.by("ciso", 26))


def _risks(story: Story) -> dict[str, Risk]:
    known = isms_on(story.on).risks
    made: dict[str, Risk] = {}
    for each in RISKS:
        template = known[each.known]
        text = risks.RiskText(
            template.title["nl"], template.cause["nl"], template.consequence["nl"], story.person(each.owner),
            template.requirements, tuple(story.subjects[key] for key in each.subjects), each.known,
        )  # fmt: skip
        risk = made[each.known] = risks.add_risk(story.organisation, text=text, **story.by("ciso", 25))
        for kind, weighed in (("inherent", each.inherent), ("residual", each.residual)):
            if weighed is not None:
                risks.weigh(
                    risk, kind=kind, likelihood=weighed[0], impacts=dict(zip(AREAS, map(int, weighed[1]), strict=True)),
                    reason="", **story.by("ciso", 24),
                )  # fmt: skip
        if each.treatment:
            risks.treat(risk, kind=each.treatment, reason="Maatregelen staan in het plan.", **story.by("ciso", 23))
    own = risks.RiskText(
        "Bezoekers kijken mee op het scherm aan de balie", "De opstelling van de balies.", "Enkele gegevens gezien.",
        story.person("proces"), ("iso27002:7.8",), (story.subjects["gemeentehuis"],),
    )  # fmt: skip
    desk = risks.add_risk(story.organisation, text=own, **story.by("ciso", 25))
    risks.weigh(desk, kind="residual", likelihood=2, impacts=dict.fromkeys(AREAS, 1), reason="", **story.by("ciso", 24))
    risks.accept(
        desk, until=story.ahead(40), reason="De balies worden bij de verbouwing verplaatst.", roles=["college"],
        **story.by("college", 22),
    )  # fmt: skip
    risks.confirm_register(story.organisation, **story.by("ciso", 21))
    return made


def _audits(story: Story) -> list[Finding]:
    texts = (
        ("Toegang tot burgerzaken", -15, ("bio2:5.18.02", "bio2:8.02.01", "bio2:5.16.01")),
        ("Back-up en herstel", 45, ("bio2:8.13.01", "bio2:8.13.03", "bio2:8.13.04")),
        ("Leveranciers van het zaaksysteem", 130, ("bio2:5.20.03", "bio2:5.22.01")),
    )
    made = [
        audits.plan_audit(
            story.organisation,
            text=audits.AuditText(
                title, story.ahead(days), "Ruben Toets", scope="Interviews, steekproef van tien, inzage in het systeem.",
                requirements=names,
            ),
            **story.by("ciso", 25),
        )
        for title, days, names in texts
    ]  # fmt: skip
    audits.adopt_programme(story.organisation, **story.by("ciso", 25))
    found = [
        audits.add_finding(
            made[0], severity=severity, text=text, requirement=name, due=story.ahead(due), **story.by("auditor", 12)
        )
        for severity, text, name, due in (
            ("major", "Bijzondere rechten zijn het laatste kwartaal niet nagelopen.", "bio2:8.02.01", 20),
            ("minor", "Van twee van de tien vertrokken medewerkers stond het account nog open.", "bio2:5.16.01", 60),
        )
    ]
    audits.finish_audit(
        made[0], conclusion="Opzet is goed; de uitvoering loopt achter.", independent=True, **story.by("auditor", 10)
    )
    return found


def _plan(story: Story, made: Mapping[str, Risk], findings: list[Finding]) -> None:
    texts = (
        plan.ActionText(
            "Bijzondere rechten elk kwartaal nalopen", story.ahead(-4), owner=story.person("proces"), cost=2500,
            requirement="bio2:8.02.01", finding=findings[0],
        ),
        plan.ActionText(
            "Uitdienst via één formulier laten lopen", story.ahead(50), owner=story.person("proces"),
            requirement="bio2:5.16.01", finding=findings[1], cost=4000,
        ),
        plan.ActionText(
            "Terugzetten van burgerzaken oefenen", story.ahead(24), owner=story.person("proces"), cost=6000,
            requirement="bio2:8.13.04", risk=made["ransomware"],
        ),
        plan.ActionText(
            "Bediening van gemalen in een eigen netwerk", story.ahead(160), owner=story.person("openbareorde"),
            cost=85000, requirement="bio2:8.22.01", risk=made["ot"],
        ),
        plan.ActionText(
            "Beleid voor cloud vaststellen", story.ahead(90), owner=story.person("ciso"), requirement="bio2:5.23.01"
        ),
    )  # fmt: skip
    for text in texts:
        plan.add_action(story.organisation, text=text, **story.by("ciso", 9))
    done = plan.add_action(
        story.organisation,
        text=plan.ActionText(
            "Meldloket bekendmaken", story.ahead(-2), owner=story.person("ciso"), requirement="bio2:5.24.01"
        ),
        **story.by("ciso", 9),
    )
    plan.finish_action(done, answers=[], result="Staat op intranet en in het welkomstpakket.", **story.by("ciso", 3))


def _policies(story: Story) -> None:
    names = [name for name, _days, _version in POLICIES]
    made = {
        each.known_as: each
        for each in policies.take_over_policies(story.organisation, known=names, **story.by("ciso", 20))
    }
    for name, days, version in POLICIES:
        if days:
            policies.note_policy(
                made[name], kind="adopted", day=story.ahead(-days), by="College van B&W", version=version,
                **story.by("ciso", 20),
            )  # fmt: skip
    policies.note_training(
        story.organisation, group="staff", title="Herken en meld", held_on=story.ahead(-80), invited=164, attended=131,
        provider="Eigen team", **story.by("ciso", 20),
    )  # fmt: skip


def _review(story: Story) -> None:
    reviews.plan_review(story.organisation, planned_on=story.ahead(35), **story.by("ciso", 8))
