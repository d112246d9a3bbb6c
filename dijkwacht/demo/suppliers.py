"""Suppliers in the demo: a register, a joint review that two adopted, one that waits, a tender. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Collective, Question, Review, Service, Supplier
from dijkwacht.apps.suppliers.services import (
    adopting,
    answering,
    chaining,
    collective,
    collective_members,
    concluding,
    contracting,
    following,
    inviting,
    judging,
    proving,
    registering,
    reviewing,
    sharing,
    tendering,
    using,
)
from dijkwacht.norms.suppliers_collective import collective_services
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

DAY = timedelta(days=1)
KVK = {"Zaakzicht BV": "90010001", "Burgerloket Software BV": "90010002"}
OTHERS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("Netbaken Bewaking BV", "90010003", "Bewaking van het netwerk", "monitoring", {"admin_access": "yes"}),
    ("Peilwerk Techniek BV", "90010004", "Onderhoud besturing gemalen", "equipment", {"admin_access": "yes"}),
    ("Loonstroom BV", "90010005", "Salaris en personeel", "saas", {"personal_data": "yes", "special_data": "no"}),
    ("Grootschrift Print BV", "", "Drukwerk", "work", {"personal_data": "no", "admin_access": "no"}),
)
ANSWERS: dict[str, Any] = {
    "supplier.assurance.scope_covers": True, "supplier.subcontractors": "known", "supplier.chain_changes.reported": True,
    "supplier.risks.treated": True,
}  # fmt: skip
NOT_SHOWN = "backup_out_of_reach"
SIGNS: dict[str, Any] = {"personal_data": "yes", "special_data": "yes", "national_chain": "yes", "key_register": "yes"}


def play(world: World, *, at: datetime) -> None:
    """The register, proof, both reviews, a tender and a collective service, as they stand on ``at``."""
    services = _register(world, at)
    _proof(world, services, at)
    _elsewhere(world, at)
    review = _review(world, at)
    for slug in ("dijkstad", "waterveen"):
        organisation = world.organisations[slug]
        mine = Supplier.objects.get(organisation=organisation, kvk=KVK["Zaakzicht BV"])
        remark = "Geldt voor onze inrichting; back-up volgen wij." if slug == "dijkstad" else ""
        if slug != "dijkstad":  # reviewed along, so takes part already
            adopting.join(review, organisation=organisation, supplier=mine, **_by(world, at, "ciso", slug))
        adopting.adopt(review, supplier=mine, remark=remark, **_by(world, at, "ciso", slug))
        sharing.share(
            organisation, recipient="vereniging", tlp="AMBER", valid_from=day_of(at), **_by(world, at, "ciso", slug)
        )
    _waiting(world, at)
    _tender(world, at)
    _together(world, at)


def _by(world: World, at: datetime, who: str = "inkoop", slug: str = "dijkstad") -> dict[str, Any]:
    return {"person": world.person(who, slug), "at": at}


def _register(world: World, at: datetime) -> dict[str, Service]:
    """What stood in the records comes over; what is leant on, and on which terms."""
    by, on, dijkstad = _by(world, at), day_of(at), world.organisations["dijkstad"]
    rows = {each.name: each for each in registering.take_over(dijkstad, **by)}
    for name, kvk in KVK.items():
        rows[name] = registering.change_supplier(rows[name], name=name, kvk=kvk, country="NL", **by)
    found = {
        "zaken": registering.add_service(rows["Zaakzicht BV"], name="Zaaksysteem", kind="saas", admin_access="no", **SIGNS, **by),
        "burgers": registering.add_service(
            rows["Burgerloket Software BV"], name="Burgerzaken", kind="software", admin_access="yes", **SIGNS, **by
        ),
    }  # fmt: skip
    for name, kvk, service, kind, signs in OTHERS:
        rows[name] = registering.add_supplier(dijkstad, name=name, kvk=kvk, country="NL", **by)
        found[kind] = registering.add_service(rows[name], name=service, kind=kind, **signs, **by)
    for key, subject, hours in (
        ("zaken", "zaaksysteem", 4), ("zaken", "uitkeringen", 24), ("burgers", "burgerzaken", 2), ("burgers", "paspoorten", 4),
        ("equipment", "gemalen", 12), ("saas", "financien", None),
    ):  # fmt: skip
        using.add_use(found[key], subject=world.subjects[subject], hours=hours, **by)
    hosted: dict[str, Any] = {"name": "Wolkenhuis Hosting BV", "kvk": "90010006", "does": "Hosting"}
    chaining.add_sub(
        rows["Zaakzicht BV"], service=found["zaken"], hours=1, personal_data="yes", country="NL", **hosted, **by
    )
    chaining.add_sub(rows["Burgerloket Software BV"], hours=8, personal_data="unknown", **hosted, **by)
    _contracts(rows, found, on, by)
    using.write_exit_plan(
        found["zaken"], alternative="Een ander zaaksysteem uit de gezamenlijke inkoop", days=120, tested_on=None,
        data="Levering in het open formaat van de koppelvlakken, vernietiging met verklaring",
        steps="Opzeggen, export proefdraaien, gegevens overzetten, koppelingen omzetten, oude omgeving laten vernietigen", **by,
    )  # fmt: skip
    return found


def _contracts(rows: dict[str, Supplier], found: dict[str, Service], on: Any, by: dict[str, Any]) -> None:
    clauses: dict[str, Any] = dict.fromkeys(
        ("security_requirements", "assurance_clause", "audit_right", "transparency", "exit", "flow_down"), "yes"
    )
    contracting.add_contract(
        rows["Zaakzicht BV"], title="Zaaksysteem als dienst", number="DS-2024-017", starts_on=on - 700 * DAY,
        until=on + 210 * DAY, notice_months=6, renews="yes", processing="signed", terms="weighed", subcontractors="known",
        termination_grounds="yes", dependency_weighed="yes", services=[found["zaken"]], **clauses, **by,
    )  # fmt: skip
    contracting.add_contract(
        rows["Burgerloket Software BV"], title="Licentie en onderhoud Burgerzaken", number="DS-2022-004",
        starts_on=on - 1500 * DAY, until=on + 320 * DAY, notice_months=3, renews="no", processing="signed",
        services=[found["burgers"]], **{**clauses, "audit_right": "no", "assurance_clause": "unknown"}, **by,
    )  # fmt: skip
    contracting.add_contract(
        rows["Loonstroom BV"], title="Salarisverwerking", starts_on=on - 400 * DAY, until=on + 40 * DAY, renews="no",
        processing="missing", services=[found["saas"]], **by,
    )  # fmt: skip


def _proof(world: World, services: dict[str, Service], at: datetime) -> None:
    """A certificate, a report with a gap behind it, and a finding that is late."""
    by, on, judge = _by(world, at), day_of(at), world.person("proces")
    zaakzicht = services["zaken"].supplier
    certificate = proving.Paper(
        "iso27001", "Certificaat Zaakzicht", on - 1040 * DAY, on - 300 * DAY, on + 55 * DAY, "Keurmerk Voorbeeld BV",
        "Ontwikkeling en beheer van het zaaksysteem, vestiging Dijkstad", whole=True, subs="no",
    )  # fmt: skip
    report = proving.Paper(
        "isae3402_2", "Rapport over de werking", on - 520 * DAY, on - 120 * DAY, on - 155 * DAY, "Voorbeeld Accountants",
        services=(services["zaken"],), subs="yes",
    )  # fmt: skip
    proving.judge_proof(
        proving.add_proof(zaakzicht, paper=certificate, **by), judgement="Scope past bij onze dienst.", person=judge, at=at
    )  # fmt: skip
    proof = proving.add_proof(zaakzicht, paper=report, **by)
    proving.judge_proof(proof, judgement="Eén uitzondering: rechten werden laat ingetrokken.", person=judge, at=at)
    proving.add_letter(proof, first=on - 155 * DAY, until=on - 65 * DAY, received_on=on - 60 * DAY, **by)
    following.add_finding(
        zaakzicht, title="Rechten van vertrokken beheerders bleven staan", severity="medium", due=on - 8 * DAY,
        owner=world.person("inkoop"), found_on=on - 110 * DAY, proof=proof, **by,
    )  # fmt: skip


def _elsewhere(world: World, at: datetime) -> None:
    """Waterveen uses the same service."""
    by, waterveen = _by(world, at, "ciso", "waterveen"), world.organisations["waterveen"]
    row = registering.add_supplier(waterveen, name="Zaakzicht", kvk=KVK["Zaakzicht BV"], country="NL", **by)
    service = registering.add_service(row, name="Zaaksysteem", kind="saas", **SIGNS, **by)
    process = register_subject(waterveen, kind="process", name="Vergunningen", on=day_of(at), **by)
    using.add_use(service, subject=process, hours=48, **by)


def _house(organisation: Organisation, kvk: str, world: World, at: datetime) -> inviting.Contact:
    """A supplier that signs in here already."""
    by = world.organisations["vereniging"]
    inviting.recognise(organisation, kvk=kvk, by=by, person=world.person("samen", "vereniging"), at=at)
    return inviting.Contact(kvk, organisation.name)


def _open(world: World, slug: str, title: str, service: str, at: datetime) -> Review:
    organisation = world.organisations[slug]
    told = reviewing.Told(
        title=title, service=service, kind="saas", scope="De dienst zoals gemeenten die afnemen", tlp="AMBER",
        answer_before=day_of(at) + 21 * DAY, judge_before=day_of(at) + 42 * DAY,
    )  # fmt: skip
    contact = _house(organisation, KVK[organisation.name], world, at)
    review = reviewing.open_review(
        world.organisations["vereniging"], told=told, question_set="saas_short", contact=contact,
        **_by(world, at, "samen", "vereniging"),
    )  # fmt: skip
    reviewing.invite_reviewer(
        review, organisation=world.organisations["dijkstad"], **_by(world, at, "samen", "vereniging")
    )
    reviewing.send(review, **_by(world, at, "samen", "vereniging"))
    return review


def _review(world: World, at: datetime) -> Review:
    """Opened, answered, judged by four eyes, concluded with one finding."""
    review = _open(world, "zaakzicht", "Zaaksysteem van Zaakzicht", "Zaaksysteem", at)
    said = {each.pk: answering.Said(_answer(each, at)) for each in review.questions.all()}
    supplier = _by(world, at, "contact", "zaakzicht")
    answering.answer(review, said, **supplier)
    answering.hand_in(review, **supplier)
    keeper, along = world.organisations["vereniging"], world.organisations["dijkstad"]
    pairs = ((keeper, world.person("samen", "vereniging")), (along, world.person("inkoop")))
    reviewing.start_judging(review, person=pairs[0][1], at=at)
    for each in review.questions.all():
        wrong = each.key == NOT_SHOWN
        for house, person in pairs:
            judging.judge(
                each, word="does_not_hold" if wrong else "holds", note="De back-up staat in hetzelfde domein." if wrong else "",
                seen=each.replies.latest("pk").pk, organisation=house, person=person, at=at,
            )  # fmt: skip
        if wrong:
            found = judging.Found(
                "Back-up is bereikbaar vanuit het beheerdomein", "Wie het beheer overneemt, kan ook de back-up wissen.", "high",
                day_of(at) + 60 * DAY,
            )  # fmt: skip
            raised = judging.raise_finding(each, found=found, organisation=keeper, person=pairs[0][1], at=at)
            judging.confirm(raised, organisation=along, person=pairs[1][1], at=at)
    until = concluding.usual_until(day_of(at))
    return concluding.conclude(
        review, conclusion="De dienst is op orde, op één punt na.", until=until, person=pairs[0][1], at=at
    )


def _answer(question: Question, at: datetime) -> Any:
    if question.fact == "supplier.assurance.received_on":
        return (day_of(at) - 120 * DAY).isoformat()
    return ANSWERS[question.fact]


def _waiting(world: World, at: datetime) -> None:
    """The second review waits for the supplier, who answered a little."""
    review = _open(world, "burgerloket", "Burgerzaken van Burgerloket", "Burgerzaken", at)
    first = list(review.questions.all()[:3])
    said = {each.pk: answering.Said(_answer(each, at)) for each in first}
    answering.answer(review, said, **_by(world, at, "contact", "burgerloket"))


def _tender(world: World, at: datetime) -> None:
    choice = tendering.Choice(
        "Nieuw personeelssysteem", ("cloud", "personal_data"),
        {"personal_data": True, "special_personal_data": False, "internet_facing": True, "citizen_login": False},
        "Salaris en personeel als dienst, ingang volgend jaar",
    )  # fmt: skip
    tendering.begin(world.organisations["dijkstad"], choice=choice, owner=world.person("inkoop"), **_by(world, at))


def _together(world: World, at: datetime) -> None:
    """The association holds a service; Dijkstad takes part, Waterveen could."""
    keeper, by = world.organisations["vereniging"], _by(world, at, "samen", "vereniging")
    pack = next(each for each in collective_services().services if each.id == "ggi_veilig")
    told = collective.Told(
        name="Gezamenlijke bewaking (voorbeeld)", kind="monitoring", what="Bewaking en opvolging, dag en nacht",
        provider="Netbaken Bewaking BV", open_to=["municipality"], regions=[], since=day_of(at) - 200 * DAY,
    )  # fmt: skip
    row: Collective = collective.make(keeper, told=told, pack=pack, **by)
    collective_members.join(
        row, organisation=world.organisations["dijkstad"], since=day_of(at) - 90 * DAY, **_by(world, at)
    )
