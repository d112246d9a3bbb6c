"""dijkwacht trail verify: every chain, every row against its chain, every file against its hash, every verdict anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkwacht.apps.accountability.models import SigningKey, Statement
from dijkwacht.apps.accountability.queries.verify import verify_packages, verify_statements
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.crime.queries.verify import verify_crime
from dijkwacht.apps.crisis.queries.verify import verify_crisis
from dijkwacht.apps.ensia.queries.verify import verify_ensia
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.frameworks.queries.verify import verify_frameworks
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.isms.queries.verify import verify_isms
from dijkwacht.apps.landscape.queries.verify import verify_landscape
from dijkwacht.apps.ledger.models import Assignment, Claim, Evidence, Fact, Subject, Tally, Verdict
from dijkwacht.apps.ledger.queries import evidence
from dijkwacht.apps.ledger.queries.evidence import Damage
from dijkwacht.apps.ledger.queries.verify import Faulty as FaultyFact
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.queries.verify_verdicts import Off, verify_verdicts
from dijkwacht.apps.ledger.services.due import repair
from dijkwacht.apps.order.queries.verify import verify_order
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.trail import queries
from dijkwacht.apps.trail.held import Faulty, verify_people
from dijkwacht.apps.trail.held_marks import Uncovered
from dijkwacht.apps.trail.models import Entry, Head
from dijkwacht.apps.trail.words import break_sentence
from dijkwacht.commands import Outcome
from dijkwacht.core.chain import Broken

DAMAGE = {
    "missing": gettext_lazy("%(organisation)s: the file %(name)s is gone (%(sha256)s)"),
    "altered": gettext_lazy("%(organisation)s: the file %(name)s is not what came in (%(sha256)s)"),
    "removed": gettext_lazy(
        "%(organisation)s: the trail tells of the file %(name)s, and it is not known here (%(sha256)s)"
    ),
    "renamed": gettext_lazy(
        "%(organisation)s: the file %(name)s is known here otherwise than the trail tells (%(sha256)s)"
    ),
    "untold": gettext_lazy("%(organisation)s: the trail does not tell of the file %(name)s (%(sha256)s)"),
}
TABLES = {
    "organisation": gettext_lazy("organisation"),
    "role": gettext_lazy("role"),
    "share": gettext_lazy("share"),
    "subject": gettext_lazy("subject"),
    "inheritance": gettext_lazy("inheritance"),
    "claim": gettext_lazy("claim"),
    "assignment": gettext_lazy("assignment"),
    "statement": gettext_lazy("statement"),
    "signing_key": gettext_lazy("key"),
    "frame": gettext_lazy("frame of statement"),
    "draft": gettext_lazy("draft"),
    "remark": gettext_lazy("remark"),
    "scope": gettext_lazy("scope"),
    "circumstance": gettext_lazy("circumstance"),
    "classification": gettext_lazy("classification"),
    "leaning": gettext_lazy("dependency"),
    "risk": gettext_lazy("risk"),
    "weighing": gettext_lazy("weighing"),
    "treatment": gettext_lazy("treatment"),
    "deviation": gettext_lazy("deviation"),
    "audit": gettext_lazy("audit"),
    "finding": gettext_lazy("finding"),
    "review": gettext_lazy("management review"),
    "action": gettext_lazy("action"),
    "policy": gettext_lazy("policy"),
    "policy_event": gettext_lazy("event of a policy"),
    "training": gettext_lazy("training"),
    "feed_key": gettext_lazy("calendar address"),
    "year": gettext_lazy("ENSIA year"),
    "term": gettext_lazy("term"),
    "answerer": gettext_lazy("hand-out"),
    "notice": gettext_lazy("mail"),
    "hand_in": gettext_lazy("hand-in"),
    "consent": gettext_lazy("consent to the benchmark"),
    "brought": gettext_lazy("import of a framework"),
    "framework": gettext_lazy("framework"),
    "mapping_set": gettext_lazy("mapping"),
    "link_choice": gettext_lazy("choice about a link"),
    "text_set": gettext_lazy("copy of texts"),
    "domain": gettext_lazy("name"),
    "measuring_consent": gettext_lazy("consent to measure"),
    "issue": gettext_lazy("issue on the outside"),
    "issue_event": gettext_lazy("event of an issue"),
    "public_page": gettext_lazy("public page"),
    "subscription": gettext_lazy("subscription to mails"),
    "asked_run": gettext_lazy("measurement on request"),
    "comparing": gettext_lazy("part in the comparison"),
    "outside_notice": gettext_lazy("notice of a CSIRT"),
    "opt_out": gettext_lazy("what is not measured"),
    "version_said": gettext_lazy("word of the owner on a version"),
    "incident": gettext_lazy("incident"),
    "incident_hit": gettext_lazy("what an incident hit"),
    "weighing_of_incident": gettext_lazy("weighing of significance"),
    "moment": gettext_lazy("line of a timeline"),
    "incident_task": gettext_lazy("task of an incident"),
    "incident_contact": gettext_lazy("contact of an incident"),
    "exhibit": gettext_lazy("exhibit"),
    "custody": gettext_lazy("custody of an exhibit"),
    "incident_message": gettext_lazy("message about an incident"),
    "lesson": gettext_lazy("lesson"),
    "clock": gettext_lazy("legal term"),
    "telling": gettext_lazy("mail about a new incident"),
    "term_alert": gettext_lazy("warning that was seen"),
    "monitoring_report": gettext_lazy("report of a monitoring service"),
    "monitoring_alert": gettext_lazy("alert of a monitoring service"),
    "rehearsal": gettext_lazy("exercise"),
    "report": gettext_lazy("report to an authority"),
    "delivery": gettext_lazy("delivery of a report"),
    "duty": gettext_lazy("duty"),
    "entity_role": gettext_lazy("what the organisation is under the law"),
    "registration": gettext_lazy("record at the register of entities"),
    "provider": gettext_lazy("provider of advisories"),
    "warning_service": gettext_lazy("desk that warns"),
    "warning_contact": gettext_lazy("contact for warnings"),
    "pull_key": gettext_lazy("key for a machine"),
    "advisory_document": gettext_lazy("document of an advisory"),
    "advisory": gettext_lazy("advisory"),
    "advisory_text": gettext_lazy("text of an advisory"),
    "register_upload": gettext_lazy("change of the product register"),
    "alias": gettext_lazy("confirmed name"),
    "rejected_alias": gettext_lazy("rejected name"),
    "followed": gettext_lazy("what is followed"),
    "warning": gettext_lazy("warning"),
    "warning_event": gettext_lazy("event of a warning"),
    "touched": gettext_lazy("product that a warning is about"),
    "handled": gettext_lazy("status of a product in a warning"),
    "assessment": gettext_lazy("written assessment"),
    "call": gettext_lazy("call to make"),
    "own_advisory": gettext_lazy("own advisory"),
    "own_release": gettext_lazy("own advisory given out"),
    "supplier": gettext_lazy("supplier"),
    "service": gettext_lazy("service of a supplier"),
    "contract": gettext_lazy("contract"),
    "use": gettext_lazy("use of a service"),
    "sub_supplier": gettext_lazy("sub-supplier"),
    "exit_plan": gettext_lazy("exit plan"),
    "distinct": gettext_lazy("two that are not one"),
    "order": gettext_lazy("order to keep a supplier out"),
    "replacement": gettext_lazy("replacement"),
    "proof": gettext_lazy("proof of a supplier"),
    "letter": gettext_lazy("bridge letter"),
    "supplier_finding": gettext_lazy("finding at a supplier"),
    "joint_review": gettext_lazy("joint review"),
    "review_party": gettext_lazy("participant of a review"),
    "review_question": gettext_lazy("question of a review"),
    "review_reply": gettext_lazy("answer in a review"),
    "review_exhibit": gettext_lazy("file in a review"),
    "review_looked": gettext_lazy("opened file of a review"),
    "review_judgement": gettext_lazy("judgement in a review"),
    "review_finding": gettext_lazy("finding of a review"),
    "adoption": gettext_lazy("adopted review"),
    "private_set": gettext_lazy("private set of requirements"),
    "private_requirement": gettext_lazy("private requirement"),
    "tender": gettext_lazy("tender"),
    "tender_line": gettext_lazy("requirement in a tender"),
    "offer": gettext_lazy("offer"),
    "offer_line": gettext_lazy("answer in an offer"),
    "agreed": gettext_lazy("agreed requirement"),
    "follow_up": gettext_lazy("look at an agreed requirement"),
    "collective": gettext_lazy("collective service"),
    "covering": gettext_lazy("what a collective service covers"),
    "membership": gettext_lazy("membership"),
    "business": gettext_lazy("supplier that signs in here"),
    "review_invitation": gettext_lazy("mail to who reviews along"),
    "crisis_plan": gettext_lazy("crisis plan"),
    "crisis_card": gettext_lazy("role card"),
    "crisis_step": gettext_lazy("rung in the crisis plan"),
    "crisis_fallback": gettext_lazy("other way for a process"),
    "crisis_contact": gettext_lazy("whom to reach"),
    "crisis": gettext_lazy("crisis"),
    "crisis_line": gettext_lazy("line in the log of a crisis"),
    "crisis_scaling": gettext_lazy("step in a crisis"),
    "crisis_lesson": gettext_lazy("lesson of a crisis"),
    "crisis_weighing": gettext_lazy("weighing of a crisis"),
    "crisis_informing": gettext_lazy("point of the duty to inform"),
    "crisis_mayor_card": gettext_lazy("mayor's card"),
    "crisis_comparison": gettext_lazy("comparison on the axes"),
    "crisis_cascade_change": gettext_lazy("change to the network of dependencies"),
    "crisis_cascade_tie": gettext_lazy("process tied to the network of dependencies"),
    "crisis_cascade_run": gettext_lazy("kept run of the network of dependencies"),
    "crime_edition": gettext_lazy("public table on crime"),
    "crime_place": gettext_lazy("where the organisation lies"),
    "crime_local": gettext_lazy("own counts on cybercrime"),
    "crime_plan": gettext_lazy("plan of an intervention"),
    "crime_measurement": gettext_lazy("measurement of a plan"),
    "crime_desk": gettext_lazy("desk for victims"),
    "crime_help_page": gettext_lazy("public page for victims"),
    "script": gettext_lazy("script of an exercise"),
    "exercise": gettext_lazy("exercise"),
    "player": gettext_lazy("player in an exercise"),
    "exercise_event": gettext_lazy("step in an exercise"),
    "exercise_decision": gettext_lazy("decision in an exercise"),
    "exercise_line": gettext_lazy("line in the log of an exercise"),
    "exercise_lesson": gettext_lazy("lesson of an exercise"),
    "decision_file": gettext_lazy("decision file"),
    "order_alternative": gettext_lazy("alternative in a decision file"),
    "order_hearing": gettext_lazy("who was heard in a decision file"),
    "order_step": gettext_lazy("step of a decision file"),
    "order_signal": gettext_lazy("signal"),
    "landscape_edition": gettext_lazy("landscape pack that was taken over"),
    "landscape_cell": gettext_lazy("own cell of the landscape"),
    "landscape_topic": gettext_lazy("discussion about the landscape"),
    "landscape_comment": gettext_lazy("remark in a discussion"),
    "need": gettext_lazy("need"),
    "need_voice": gettext_lazy("voice on a need"),
    "need_handling": gettext_lazy("what becomes of a need"),
    "initiative": gettext_lazy("initiative"),
    "initiative_part": gettext_lazy("part in an initiative"),
    "investment_assumption": gettext_lazy("assumption of the investment agenda"),
}

# What they keep beside the ledger.
ROOMS = (
    verify_statements,
    verify_isms,
    verify_ensia,
    verify_frameworks,
    verify_perimeter,
    verify_incidents,
    verify_advisories,
    verify_suppliers,
    verify_crisis,
    verify_crime,
    verify_exercises,
    verify_order,
    verify_landscape,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """All that is wrong in one organisation."""

    broken: Broken | None
    facts: list[FaultyFact]
    rows: list[Faulty]
    uncovered: list[Uncovered]
    files: list[Damage]
    verdicts: list[Off]
    packages: list[Statement]

    @property
    def whole(self) -> bool:
        return not (self.broken or self.facts or self.rows or self.files or self.verdicts or self.packages)


def verify(organisation: Organisation | None, *, on: date, at: datetime, repair_verdicts: bool = False) -> Outcome:
    """Checks one organisation, or all that hold anything, and names all that is not what it should be.

    ``on``: the day for which the stored verdicts must be right. ``repair_verdicts``: where only those are wrong, judges
    all lines of that organisation anew; nothing else can be repaired, for nobody knows what stood there.
    """
    chosen = [organisation] if organisation is not None else list(_holding())
    data: list[dict[str, Any]] = []
    lines: list[str] = []
    for each in chosen:
        found = _look(each, on)
        told = list(_lines(each, found))
        notes = list(_notes(each, found))
        if repair_verdicts and found.verdicts and not (found.broken or found.facts or found.rows):
            repair(each, on=on, at=at)
            told.append(_("%(organisation)s: all verdicts were judged anew") % {"organisation": each.slug})
        seal = queries.head(each)
        words = {"organisation": each.slug, "number": seal.seq, "hash": seal.hash}
        lines += told or [_("%(organisation)s: whole, %(number)s entries, %(hash)s") % words]
        lines += notes
        data.append({**words, **_data(found)})
    return Outcome(data, lines or [_("There is no trail yet.")], well=all(each["whole"] for each in data))


def _holding() -> QuerySet[Organisation]:
    """Those in which anything was ever done; also when somebody took away who did it, or the trail itself."""
    somewhere = Q()
    for table in (Role, Head, Entry, Subject, Fact, Evidence, Claim, Assignment, Verdict, Tally, Statement, SigningKey):
        somewhere |= Q(pk__in=table._default_manager.order_by().values("organisation"))
    return Organisation.objects.filter(somewhere | Q(shares_given__isnull=False)).distinct()


def _look(organisation: Organisation, on: date) -> _Found:
    """What is wrong. A trail that is broken proves nothing, so then no row is held against it."""
    files = evidence.verify(organisation)
    verdicts = verify_verdicts(organisation, on=on)
    packages = list(verify_packages(organisation))
    if broken := queries.verify(organisation):
        return _Found(broken, [], [], [], files, verdicts, packages)
    held = [room(organisation) for room in ROOMS]
    rows = [*verify_people(organisation), *verify_register(organisation)]
    rows += [row for each in held for row in each.faulty]
    uncovered = [each for room in held for each in room.uncovered]
    files = [*files, *evidence.verify_rows(organisation)]
    return _Found(None, verify_facts(organisation), rows, uncovered, files, verdicts, packages)


def _lines(organisation: Organisation, found: _Found) -> Iterator[str]:
    slug = {"organisation": organisation.slug}
    if found.broken:
        yield f"{organisation.slug}: {break_sentence(found.broken)}"
    for fact in found.facts:
        yield _("%(organisation)s: fact %(fact)s is not what the trail says (%(fault)s), entry %(act)s") % {
            **slug, "fact": fact.fact, "fault": fact.fault, "act": fact.act or "-",
        }  # fmt: skip
    for row in found.rows:
        yield _("%(organisation)s: %(table)s %(row)s is not what the trail says (%(fault)s), entry %(act)s") % {
            **slug, "table": TABLES[row.table], "row": row.row, "fault": _fault(row), "act": row.act or "-",
        }  # fmt: skip
    for file in found.files:
        yield str(DAMAGE[file.kind]) % {**slug, "name": file.evidence.name, "sha256": file.evidence.sha256}
    for package in found.packages:
        yield _("%(organisation)s: the package of statement %(number)s is gone or is not what was signed (%(sha256)s)") % {
            **slug, "number": package.number, "sha256": package.package,
        }  # fmt: skip
    for off in found.verdicts:
        if off.account:
            yield _("%(organisation)s: the stored count of %(account)s is not what the verdicts give") % {
                **slug, "account": off.account,
            }  # fmt: skip
        else:
            yield _("%(organisation)s: the stored verdict on %(line)s is not what the facts give") % {
                **slug, "line": f"{off.requirement} {off.subject}",
            }  # fmt: skip


def _fault(row: Faulty) -> str:
    """What is wrong with a row, and in which columns."""
    return f"{row.fault}: {', '.join(row.columns)}" if row.columns else str(row.fault)


def _notes(organisation: Organisation, found: _Found) -> Iterator[str]:
    """What is not wrong and still has to be known: rows from before the trail told enough of them."""
    for each in found.uncovered:
        yield _("%(organisation)s: not covered by the trail, from before it told of them: %(rows)s × %(table)s") % {
            "organisation": organisation.slug, "rows": each.rows, "table": TABLES[each.table],
        }  # fmt: skip


def _data(found: _Found) -> dict[str, Any]:
    broken = found.broken
    return {
        "whole": found.whole,
        "broken": {"number": broken.seq, "kind": str(broken.kind)} if broken else None,
        "facts": [{"fact": each.fact, "entry": each.act, "fault": str(each.fault)} for each in found.facts],
        "rows": [
            {
                "table": each.table,
                "row": each.row,
                "entry": each.act,
                "fault": str(each.fault),
                "columns": list(each.columns),
            }
            for each in found.rows
        ],
        "uncovered": {each.table: each.rows for each in found.uncovered},
        "files": [
            {"sha256": each.evidence.sha256, "name": each.evidence.name, "fault": each.kind} for each in found.files
        ],
        "packages": [{"number": each.number, "sha256": each.package} for each in found.packages],
        "verdicts": [
            {"requirement": each.requirement, "subject": each.subject, "account": each.account}
            for each in found.verdicts
        ],
    }
