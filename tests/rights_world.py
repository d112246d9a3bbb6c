"""The world of the test of rights: the demo, with something of its own for every address, here and in Waterveen."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from dijkwacht.apps.accountability.models import Remark
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.remarks import remark
from dijkwacht.apps.advisories.models import Call, Provider, Warned
from dijkwacht.apps.advisories.services import following, keys, naming, own, receiving, serving
from dijkwacht.apps.advisories.services import registering as products
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.ensia.services.handing import hand_out
from dijkwacht.apps.ensia.services.years import open_year
from dijkwacht.apps.frameworks.services import bringing, reading
from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.services import calling, intake, keeping, registering, rehearsing, reports
from dijkwacht.apps.isms.models import Deviation, Policy, Risk
from dijkwacht.apps.isms.services import audits, plan, policies, reviews, risks, scope
from dijkwacht.apps.ledger.services import uploads
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.services import add_person
from dijkwacht.apps.perimeter.services import notices, public
from dijkwacht.core.access import RoleName
from dijkwacht.core.advisories.register_lines import Line, Lines, Source
from dijkwacht.demo import frameworks as listed
from dijkwacht.demo.world import _say
from tests.advisories.conftest import data
from tests.perimeter import made
from tests.rights_beyond import beyond
from tests.rights_suppliers import suppliers
from tests.world import World


def by(world: World, key: str, organisation: str = "dijkstad") -> dict[str, Any]:
    return {"person": world.person(key, organisation), "on": world.on, "at": timezone.now()}


def more(world: World) -> None:
    """What the demo does not have: a secretary and a coach of our own, and something for every address."""
    dijkstad = world.organisations["dijkstad"]
    for key, role in (("secretaris", RoleName.SECRETARY), ("gids", RoleName.COACH)):
        email = f"{key}@dijkstad.example"
        made = add_person(
            dijkstad, email=email, name=key.title(), role=role, valid_from=world.on, at=timezone.now(), actor="test"
        )
        world.persons[email] = made.person
    _stated(world, "dijkstad")
    scope.draft_scope(dijkstad, inside="Alles", outside="", reasons="Zo is het.", **by(world, "ciso"))
    _deviation(world, Risk.objects.filter(organisation=dijkstad, owner=world.person("openbareorde")).get())
    Policy.objects.filter(organisation=dijkstad).update(owner=world.person("proces"))
    _framework(world)
    _outside(world, "dijkstad")
    house(world, "dijkstad")
    incident(world, "dijkstad")
    advisories(world, "dijkstad")
    suppliers(world, "dijkstad")
    beyond(world, "dijkstad")
    _elsewhere(world)
    _reported(world, "dijkstad", to="waterveen")
    _reported(world, "waterveen", to="dijkstad")


def _stated(world: World, slug: str) -> Remark:
    college = {"dijkstad": "college", "waterveen": "college"}[slug]
    at = timezone.now()
    row = freeze(
        world.organisations[slug], account="cbw-rdi", on=world.on, at=at, person=world.person(college, slug),
        documents=slug == "dijkstad",
    )  # fmt: skip
    line = statements.opened(row).lines[0]
    return remark(
        row, line=(line.requirement, line.subject), text="Waarom?", term=world.on, on=world.on, at=at,
        person=world.person("analist", "csirt"), reader=world.organisations["csirt"],
    )  # fmt: skip


def _deviation(world: World, risk: Risk) -> Deviation:
    return Deviation.objects.create(
        organisation=risk.organisation, requirement="iso27002:7.4", risk=risk, reason="Voor nu.", granted_on=world.on,
        granted_by=world.person("college"), until=world.on + timedelta(days=30),
    )  # fmt: skip


def _framework(world: World) -> None:
    """A version after the one that is here, so that there is a difference."""
    files = [
        ("raadslijst-catalog.json", listed._catalog().replace(b'"2026"', b'"2027"').replace(b"een week", b"drie dagen"))
    ]
    found = reading.read(world.organisations["dijkstad"], files, norm="bio2", on=world.on)
    bringing.keep(world.organisations["dijkstad"], found, files=files, **by(world, "ciso"))


def _elsewhere(world: World) -> None:
    """Of everything one in Waterveen, which nobody of Dijkstad may reach."""
    there, said = world.organisations["waterveen"], by(world, "ciso", "waterveen")
    chief = add_person(
        there, email="college@waterveen.example", name="Kees Wouda", role=RoleName.COLLEGE, valid_from=world.on,
        at=timezone.now(), actor="test",
    )  # fmt: skip
    world.persons["college@waterveen.example"] = chief.person
    _say(there, said["person"], world.on, [Said(own_subject(there, on=world.on), "policy.shared", True)])
    risk = risks.add_risk(there, text=risks.RiskText("Van hen", owner=said["person"]), **said)
    _deviation(world, risk)
    plan.add_action(there, text=plan.ActionText("Van hen", world.on, risk=risk), **said)
    audit = audits.plan_audit(there, text=audits.AuditText("Van hen", world.on, "Iemand"), **said)
    audits.add_finding(audit, severity="minor", text="Van hen", requirement="", due=world.on, **said)
    reviews.plan_review(there, planned_on=world.on, **said)
    policies.add_policy(there, title="Van hen", owner=None, place="", months=12, **said)
    scope.add_circumstance(there, kind="internal", title="Van hen", text="", **said)
    listed.bring(there, **said)
    year = open_year(there, year=world.on.year, coordinator=None, **said)
    hand_out(year, line="DigiD", to=said["person"], **said)
    _stated(world, "waterveen")
    _outside(world, "waterveen")
    house(world, "waterveen")
    incident(world, "waterveen")
    advisories(world, "waterveen")
    suppliers(world, "waterveen")
    beyond(world, "waterveen")


def _outside(world: World, slug: str) -> None:
    """A name, consent, a run, something wrong, something that a CSIRT told, and who asked not to be measured."""
    organisation, csirt = world.organisations[slug], world.organisations["csirt"]
    name = f"rechten-{slug}.example"
    made.consent(organisation, world.person("ciso", slug), level=3, scope=[name])
    domain = made.domain(organisation, name)
    run = made.run(organisation, domain)
    made.seen(domain, by=run)
    made.issue(domain, "dane_valid", by=run)
    notices.tell(
        made.issue(made.domain(csirt, name, whose=organisation)),
        text="",
        person=world.person("analist", "csirt"),
        at=timezone.now(),
    )
    public.leave_alone(
        f"niet.{name}", asked_by="De beheerder", reason="", organisation=organisation, **by(world, "ciso", slug)
    )


def house(world: World, slug: str) -> None:
    """Somebody on duty, a legal role and an exercise."""
    organisation, who = world.organisations[slug], {"person": world.person("ciso", slug), "at": timezone.now()}
    calling.put_on_duty(organisation, who=who["person"], role="reporter", **who)
    registering.take_role(organisation, role="roads", since=world.on, **who)
    rehearsing.begin(organisation, title="Oefening", what="Alles ligt stil.", **who)


def incident(world: World, slug: str) -> Incident:
    """An incident that the CISO told of, with one of each thing that is kept about it."""
    organisation, who = world.organisations[slug], {"person": world.person("ciso", slug), "at": timezone.now()}
    known = who["at"] - timedelta(hours=2)
    text = intake.Intake(
        title="Uitval", what="Alles ligt stil.", known_at=known, known_by="Beheer", personal_data="yes"
    )
    row = intake.tell(organisation, intake=text, **who)
    system = register_subject(
        organisation,
        kind="system",
        name="Geraakt",
        key=f"geraakt-{slug}",
        person=who["person"],
        on=world.on,
        at=who["at"],
    )
    intake.hit(row, subject=system, effect="availability", **who)
    keeping.add_task(row, title="Herstellen", **who)
    keeping.add_contact(row, name="Leverancier", **who)
    keeping.secure(row, label="B-1", what="Schijf", secured_at=known, secured_by="Beheer", **who)
    keeping.learn(row, text="Les", improvement="Beter", owner=who["person"], due=world.on, **who)
    return row


def _reported(world: World, slug: str, *, to: str) -> None:
    """A report that is being written, and one that was sent and that another organisation reads here."""
    row = Incident.objects.filter(organisation=world.organisations[slug]).latest("pk")
    who = {"person": world.person("ciso", slug), "at": timezone.now()}
    sent = reports.send(reports.begin(row, form="early_warning", **who), to={"ncsc": "portal"}, lacks=True, **who)
    reports.begin(row, form="notification", **who)
    sent.deliveries.update(organisation=world.organisations[to])


def brought(world: World) -> str:
    """The token of files that the CISO brought a moment ago."""
    file = ContentFile(reading.pack([("raadslijst-catalog.json", listed._catalog())]), name=reading.PACKED)
    said = by(world, "ciso")
    return uploads.keep(
        world.organisations["dijkstad"], person=said["person"], file=file, library=None, at=said["at"]
    ).token  # fmt: skip


def advisories(world: World, slug: str) -> None:
    """A desk of its own with a source, a document set aside, and an advisory that warned itself; a register, names, keys."""
    organisation, at = world.organisations[slug], timezone.now()
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": at}
    provider = Provider.objects.create(organisation=organisation, name="Bestanden", kind="hand", added_at=at)
    lines = Lines("cmdb", (Line(1, vendor="Zaakzicht", product=f"Zaaksysteem {slug}", version="3.1"),))
    products.take_over(organisation, lines, Source("cmdb"), name="register.csv", **who)
    number = f"{slug.upper()}-2026-0001"
    told = ("Zaakzicht", f"Zaaksysteem {slug}", "vers:unknown/<3.2")
    came = [
        Came(data(number, products=[told]), f"{number.lower()}.json"),
        Came(f'{{"{slug}": 1}}'.encode(), "stuk.json"),
    ]
    receiving.receive(organisation, came, provider=provider, **who)
    warned = Warned.objects.get(organisation=organisation, advisory__number=number)
    if not Call.objects.filter(warning=warned, at__isnull=True).exists():
        Call.objects.create(warning=warned, reason="not_seen", due_at=at)
    csirt = world.organisations["csirt"]
    serving.join(organisation, desk=csirt, basis="Aansluiting", **who)
    serving.add_contact(organisation, role="general", name="Servicedesk", email=f"ict@{slug}.example", **who)
    naming.confirm(
        organisation,
        names={"vendor": "Zaak", "product": "Zicht", "to_vendor": "Zaakzicht", "to_product": "Suite"},
        **who,
    )
    following.follow(organisation, kind="keyword", text="zaak", **who)
    keys.make(organisation, name="SIEM", **who)
    own.begin(organisation, kind="csaf_security_advisory", title="Eigen advies", tlp="CLEAR", **who)
