"""Who may do what in every room: for every address the least right it asks, held against every kind of visitor.

The table says what each address asks; a new address without a line in it fails. Rows of the rooms beyond the own walls stand
in files of their own (`rights_beyond`). Posts carry a CSRF token here, and are rolled back, so that each is tried in the same
world.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from dijkwacht import urls
from dijkwacht.apps.accountability.models import Remark
from dijkwacht.apps.advisories.models import (
    Advisory,
    Alias,
    Call,
    Document,
    Line,
    Own,
    Provider,
    PullKey,
    Service,
    Subscription,
    Touched,
    Warned,
)
from dijkwacht.apps.advisories.models import Contact as Told
from dijkwacht.apps.ensia.models import Answerer, Year
from dijkwacht.apps.frameworks.models import Framework, MappingSet
from dijkwacht.apps.incidents.models import (
    Contact,
    Delivery,
    Duty,
    EntityRole,
    Exhibit,
    Hit,
    Incident,
    Lesson,
    MonitoringAlert,
    MonitoringReport,
    Rehearsal,
    Report,
    Task,
)
from dijkwacht.apps.isms.models import Action, Audit, Circumstance, Deviation, Finding, Policy, Review, Risk
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation, Role, Share
from dijkwacht.apps.perimeter.models import Consent, Issue, Notice, OptOut, Run
from dijkwacht.apps.suppliers import models as supply
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.access import Right, rights
from dijkwacht.norms.powers import powers_pack
from tests.rights_beyond import ROOMS as BEYOND
from tests.rights_table import Asks, asks
from tests.rights_world import brought, by, more
from tests.test_sweep import FORMS, OURS, arguments
from tests.world import World, build

pytestmark = pytest.mark.django_db
ROOMS = (
    "accountability", "isms", "ensia", "frameworks", "perimeter", "incidents", "advisories", "suppliers",
    *(room.name for room in BEYOND),
)  # fmt: skip
TOKEN = "c" * 32  # of the cookie and of the form: they only have to be the same


NEEDS: dict[str, Asks] = {
    **asks(Right.SEE, "accountability accounts catalog statements draft concept statement statement_lines package "
                      "document remarks keys key_list"),
    **asks(Right.SEE, "accountability account", guests=True),
    **asks(Right.RECEIVE, "accountability overview"),
    **asks(Right.PREPARE, "accountability answer_remark"),
    **asks(Right.PREPARE, "accountability hand_over", posts=True),
    **asks(Right.SIGN, "accountability sign withdraw"),
    **asks((Right.MANAGE_PEOPLE, Right.KEEP_ISMS), "accountability renew_key lose_key", posts=True),
    **asks((Right.AUDIT, Right.RECEIVE), "accountability room"),
    **asks(Right.AUDIT, "accountability reading reading_lines sample reading_document remark", guests=True),
    **asks(Right.AUDIT, "accountability take close_remark", guests=True, posts=True),
    **asks(Right.SEE, "isms home start scope things risks risk plan action audits audit reviews review policies policy "
                      "people year"),
    **asks(Right.SEE, "isms feed_make feed_revoke", posts=True),
    **asks(Right.ANSWER, "isms known_risks risk_add action_add"),
    **asks(Right.KEEP_ISMS, "isms scope_draft scope_publish circumstance_add circumstances_take_over audit_add "
                            "review_add minutes policy_add policies_take_over training_add"),
    **asks(Right.KEEP_ISMS, "isms circumstance_close context_confirm register_confirm deviation_end plan_discussed "
                            "programme_adopt audit_cancel policy_close", posts=True),
    **asks(Right.KEEP_ISMS, "isms classify risk_edit weigh treat risk_close action_edit action_finish action_drop",
           owner="openbareorde"),
    **asks(Right.KEEP_ISMS, "isms lean policy_note", owner="proces"),
    **asks(Right.SIGN, "isms accept deviate"),
    **asks(Right.SIGN, "isms scope_decide plan_approve review_sign", posts=True),
    **asks(Right.AUDIT, "isms finding_add finding_close audit_finish"),
    **asks((), "isms feed"),  # its address is the key to it
    **asks(Right.SEE, "ensia now year answered_for relied_on benchmark quality"),
    **asks(Right.SEE_ASSIGNED, "ensia line"),
    **asks(Right.ANSWER_ASSIGNED, "ensia confirm", posts=True),
    **asks(Right.PREPARE, "ensia open close notices hand_out"),
    **asks(Right.PREPARE, "ensia coordinate hand_in take_back", posts=True),
    **asks(Right.REGISTER, "ensia withdraw"),
    **asks(Right.SHARE, "ensia consent", posts=True),
    **asks(Right.RECEIVE, "ensia region map shared_quality"),
    **asks(Right.SEE, "frameworks frameworks own_text framework difference document norm_file version mapping carries"),
    **asks(Right.SHARE, "frameworks share"),
    **asks(Right.IMPORT, "frameworks choose", posts=True),
    **asks(Right.IMPORT, "frameworks bring preview remove"),
    **asks(Right.IMPORT, "frameworks carry_out", posts=True),
    **asks(Right.SEE, "perimeter home names name raw changes issues issue"),
    **asks(Right.WATCH, "perimeter names_add issue_assign issue_explain issue_note feed issue_version"),
    **asks(Right.SEE, "perimeter deeper found"),
    **asks(Right.WATCH, "perimeter found_decide", posts=True),
    **asks(Right.CONSENT, "perimeter deeper_start", posts=True),
    **asks(Right.WATCH, "perimeter name_decide name_owner name_measure issue_measure issue_reopen", posts=True),
    **asks(Right.SEE, "perimeter runs run consents covered consent compare export"),
    **asks(Right.SEE, "perimeter subscribe", posts=True),
    **asks(Right.WATCH, "perimeter measure_all run_steer note_notice", posts=True),
    **asks(Right.CONSENT, "perimeter consent_give consent_revoke public_choice run_log run_log_file"),
    **asks(Right.CONSENT, "perimeter take_part", posts=True),
    **asks(Right.SIGN, "perimeter consent_confirm", posts=True),
    **asks((Right.CONSENT, Right.SCAN), "perimeter left_alone"),
    **asks((Right.CONSENT, Right.SCAN), "perimeter left_alone_end", posts=True),
    **asks(Right.SCAN, "perimeter csirt csirt_basis csirt_names csirt_one csirt_tell csirt_run csirt_run_log csirt_run_log_file"),
    **asks(Right.SCAN, "perimeter csirt_basis_end csirt_measure csirt_run_steer", posts=True),
    **asks((), "perimeter public about_scan"),  # for anybody; the first when its organisation chose so
    # incidents: the desk
    **asks(Right.SEE, "incidents home incident"),
    **asks(Right.TELL, "incidents tell told"),
    **asks(Right.HANDLE, "incidents change_what change_moments change_consequences change_data give move hit note task_add "
                         "task_finish contact_add secure hand_over message_add learn lesson_finish"),
    **asks(Right.HANDLE, "incidents unhit contact_end", posts=True),
    **asks(Right.SEE, "incidents seen", posts=True),
    # incidents: the house (who is called, the registration, exercises, the year)
    **asks(Right.SEE, "incidents duty registration overview overview_csv rehearsal rehearsal_report"),
    **asks(Right.SEE, "incidents registration_seen", posts=True),
    **asks(Right.HANDLE, "incidents duty_add registration_tell role_add role_end rehearse"),
    **asks(Right.HANDLE, "incidents duty_end rehearsal_run", posts=True),
    # incidents: weighing, reports, and what reached us
    **asks(Right.SEE, "incidents reports report report_pdf report_json report_txt"),
    **asks(Right.HANDLE, "incidents weigh report_begin report_edit report_check receipt answered share misp stix"),
    **asks(Right.HANDLE, "incidents report_drop", posts=True),
    **asks(Right.RECEIVE, "incidents received delivery delivery_reply delivery_pdf delivery_json"),
    **asks(Right.RECEIVE, "incidents delivery_open", posts=True),
    # incidents: reports of a monitoring service
    **asks(Right.SEE, "incidents monitoring monitoring_report"),
    **asks(Right.HANDLE, "incidents monitoring_bring monitoring_preview"),
    **asks(Right.HANDLE, "incidents monitoring_incident", posts=True),
    # suppliers: the register
    **asks(Right.SEE, "suppliers home supplier services service contracts contract doubles"),
    **asks(Right.SUPPLY, "suppliers supplier_add supplier_change supplier_end service_add service_change service_end "
                         "contract_add contract_change contract_end use_add use_change exit_plan sub_add sub_change merge import "
                         "import_preview"),
    **asks(Right.SUPPLY, "suppliers take_over use_end sub_end two import_carry", posts=True),
    # of suppliers: what shows it, and what is wrong
    **asks(Right.SEE, "suppliers proofs proof findings finding"),
    **asks(Right.SUPPLY, "suppliers proof_add proof_change proof_judge proof_withdraw letter_add letter_withdraw finding_add "
                         "finding_change "
                         "finding_mend finding_accept finding_reopen"),
    # suppliers: joint reviews that we keep, and what a supplier or a member of one does
    **asks(Right.SEE, "suppliers reviews review review_question exhibit adopt asked asked_review asked_who"),
    **asks(Right.SUPPLY, "suppliers review_open review_change review_add_question review_invite review_divide review_send "
                         "review_extend review_conclude review_withdraw review_leave_out review_eyes review_finding "
                         "review_finding_drop review_finding_not_mended review_finding_accept join adoption_leave"),
    **asks(Right.SUPPLY, "suppliers review_judging review_reopen review_party_end review_ask review_finding_confirm "
                         "review_finding_mended adoption_renew", posts=True),
    **asks(Right.ANSWER, "suppliers asked_finding"),
    # of suppliers: what is bought
    **asks(Right.SEE, "suppliers tenders private_sets agreed tender tender_compare tender_paper offer private_set agreed_one"),
    **asks(Right.SUPPLY, "suppliers tender_begin tender_choose tender_own_add tender_send tender_lines tender_stop tender_own "
                         "offer_add offer_change offer_read offer_lines award private_set_bring private_set_preview agreed_look "
                         "agreed_arrange agreed_end"),
    **asks(Right.SUPPLY, "suppliers tender_own_drop private_set_end", posts=True),
    # suppliers: what stops, orders, sharing
    **asks(Right.SEE, "suppliers dependence concentration concentration_csv what_if what_if_csv what_if_json exit_plans orders "
                      "order shares"),
    **asks(Right.RECEIVE, "suppliers shared"),
    **asks(Right.SUPPLY, "suppliers order_add replacement"),
    **asks(Right.SUPPLY, "suppliers order_end replaced", posts=True),
    **asks(Right.SHARE, "suppliers share_add"),
    **asks(Right.SHARE, "suppliers share_end", posts=True),
    # of suppliers: what is done together
    **asks(Right.SEE, "suppliers collectives collective collective_oscal"),
    **asks(Right.SUPPLY, "suppliers collective_join collective_leave collective_new collective_make collective_change "
                         "collective_end collective_cover collective_members collective_others_csv covering_change "
                         "membership_end"),
    **asks(Right.SUPPLY, "suppliers collective_confirm collective_deny collective_note covering_remove", posts=True),
    # advisories: what an organisation does with warnings, its register, names, and who is warned
    **asks(Right.SEE, "advisories home our_week warning warning_document warnings_csv register product register_csv names "
                      "following contacts"),
    **asks(Right.HANDLE, "advisories give assess mark status version"),
    **asks(Right.HANDLE, "advisories seen proposal", posts=True),
    **asks(Right.CONSENT, "advisories contact_add join"),
    **asks(Right.CONSENT, "advisories contact_end contact_up leave", posts=True),
    **asks(Right.REGISTER, "advisories line_add line_edit name_add follow_add"),
    **asks(Right.REGISTER, "advisories line_end name_confirm name_reject name_end follow_end", posts=True),
    **asks(Right.IMPORT, "advisories register_read register_preview register_done"),
    **asks(Right.IMPORT, "advisories register_carry register_source_end", posts=True),
    # advisories: the desk
    **asks(Right.TRIAGE, "advisories register_for register_for_read register_for_preview register_for_done desk_names "
                         "desk_name_add"),
    **asks(Right.TRIAGE, "advisories register_for_carry desk_name_confirm desk_name_reject desk_name_end", posts=True),
    **asks(Right.TRIAGE, "advisories triage advisory decide write who_has unmatched sources source source_add add aside document "
                         "advisory_remove document_remove "
                         "document_raw read_anyway refuse lists warned weekly calls call served serve_add served_one "
                         "serve_contact own own_new own_edit own_check own_reading keys key_make"),
    **asks(Right.TRIAGE, "advisories source_run source_end serve_end serve_contact_end own_drop own_from_warning key_end",
           posts=True),
    **asks((), "advisories acknowledge csaf_provider csaf_feed csaf_changes csaf_index csaf_document csaf_hash api_warnings "
               "api_advisories api_advisory api_status"),  # for anybody, or with a key of their own
}  # fmt: skip
for each in BEYOND:
    NEEDS |= each.needs

VISITORS: dict[str, tuple[str, str] | None] = {
    "anonymous": None,
    "stranger": ("ciso", "waterveen"),
    "analyst": ("analist", "csirt"),
    "supervisor": ("inspecteur", "toezicht"),
    "coach": ("coach", "regio-delta"),
    "own coach": ("gids", "dijkstad"),
    **{
        each: (each, "dijkstad")
        for each in (
            "ciso", "proces", "openbareorde", "coordinator", "college", "secretaris", "auditor", "collega", "beheer",
            "inkoop", "aov", "burgemeester", "fg",
        )
    },
}  # fmt: skip
GUESTS = ("analyst", "supervisor", "coach")
# He may, but what is there is another's: the remark of the analyst, the files that the CISO brought, a line that was not
# asked of him. The statement is the college's to sign, not the secretary's.
ANOTHERS: dict[tuple[str, str], int] = {
    **{(each, "accountability:close_remark"): 404 for each in ("supervisor", "coach", "auditor")},
    **{(who, f"frameworks:{each}"): 404 for who in ("coordinator", "inkoop") for each in ("preview", "carry_out")},
    ("own coach", "ensia:line"): 404,
    **{("secretaris", f"accountability:{each}"): 403 for each in ("sign", "withdraw")},
    # a file that nobody brought, a proposal that nobody made; and a desk of its own serves nobody else
    **{
        (each, f"advisories:register_{step}"): 404
        for each in ("ciso", "coordinator", "inkoop")
        for step in ("preview", "carry")
    },
    **{("ciso", f"advisories:{each}"): 404 for each in ("serve_contact", "serve_end", "serve_contact_end")},
    **{("ciso", f"advisories:register_for{step}"): 404 for step in ("", "_read", "_preview", "_carry", "_done")},
    **{(each, "advisories:proposal"): 404 for each in ("ciso", "proces", "openbareorde")},
    # the receipt is for who told of it
    **{
        (each, "incidents:told"): 404
        for each in ("proces", "coordinator", "college", "collega", "beheer", "inkoop", "aov", "burgemeester", "fg")
    },
    # he plays along
    **{key: status for room in BEYOND for key, status in room.others.items()},
}


# Who may look may not always send.
POST_ASKS = {
    "suppliers:adopt": (Right.SUPPLY,), "suppliers:asked_review": (Right.ANSWER,), "suppliers:review_question": (Right.SUPPLY,),
}  # fmt: skip
# Pages of a supplier's own house, files that nobody brought, what somebody else plays: who may finds nothing here.
NOT_HERE = {"incidents:monitoring_preview", *(name for room in BEYOND for name in room.full(room.absent))} | {
    f"suppliers:{each}"
    for each in (
        "asked",
        "asked_review",
        "asked_who",
        "asked_finding",
        "import_preview",
        "import_carry",
        "private_set_preview",
    )
}
PUBLIC = {
    "perimeter:public": 404, "perimeter:about_scan": 200, "advisories:acknowledge": 404,
    **{f"advisories:csaf_{each}": 404 for each in ("provider", "feed", "changes", "index", "document", "hash")},
}  # fmt: skip
CLOSED = {name for room in BEYOND for name in room.full(room.closed)}  # the key in the address is nobody's
BY_KEY = {f"advisories:api_{each}" for each in ("warnings", "advisories", "advisory", "status")}


# -- the world ---------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """One world for all of them: what a test changes in it is rolled back, as always."""
    folder = tmp_path_factory.mktemp("rights")
    with django_db_blocker.unblock(), override_settings(DATA_DIR=folder), transaction.atomic():
        made = build(on=date.today())
        more(made)
        for key, organisation in {*filter(None, VISITORS.values()), *((each, "dijkstad") for each in WHO_MAY.values())}:
            KEPT[key, organisation] = browser(made, key, organisation)
        yield made
        KEPT.clear()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> Iterator[None]:
    """A refusal is what is asked for here: no line of a log with a traceback for each of thousands."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(level)


# -- who comes where ---------------------------------------------------------------------------------
PK: dict[str, Any] = {
    f"isms:{name}": model
    for model, names in {
        Risk: "risk risk_edit weigh treat accept deviate risk_close", Deviation: "deviation_end",
        Action: "action action_edit action_finish action_drop", Finding: "finding_close",
        Audit: "audit audit_cancel finding_add audit_finish", Review: "review minutes review_sign",
        Policy: "policy policy_note policy_close", Circumstance: "circumstance_close",
    }.items()
    for name in names.split()
} | {"frameworks:remove": Framework} | {
    f"perimeter:{name}": model
    for model, names in {
        Run: "run run_steer csirt_run csirt_run_steer run_log run_log_file csirt_run_log csirt_run_log_file",
        Consent: "consent consent_confirm consent_revoke csirt_basis_end",
        Notice: "note_notice", OptOut: "left_alone_end",
        Issue: "csirt_tell issue issue_assign issue_explain issue_note issue_measure issue_reopen issue_version",
    }.items()
    for name in names.split()
} | {
    f"incidents:{name}": model
    for model, names in {
        Incident: "incident told seen change_what change_moments change_consequences change_data give move hit note task_add "
                  "contact_add secure message_add learn weigh reports report_begin share misp stix",
        Report: "report report_edit report_check report_drop report_pdf report_json report_txt",
        Hit: "unhit", Task: "task_finish", Contact: "contact_end", Exhibit: "hand_over", Lesson: "lesson_finish",
        Duty: "duty_end", EntityRole: "role_end", Rehearsal: "rehearsal rehearsal_run rehearsal_report",
        Delivery: "receipt answered delivery delivery_reply delivery_pdf delivery_json delivery_open",
    }.items()
    for name in names.split()
} | {
    f"advisories:{name}": model
    for model, names in {
        Warned: "warning warning_document seen give assess mark own_from_warning api_status", Touched: "status version proposal",
        Line: "product line_edit line_end", Alias: "name_end desk_name_end", Subscription: "follow_end",
        Told: "contact_end contact_up serve_contact_end",
        Service: "leave", Provider: "source source_run source_end",
        Document: "document document_raw document_remove read_anyway refuse",
        Advisory: "advisory advisory_remove decide write who_has api_advisory", Call: "call", Own: "own_edit own_check own_drop",
        PullKey: "key_end",
    }.items()
    for name in names.split()
}  # fmt: skip
PK |= {
    f"suppliers:{name}": model
    for model, names in {
        supply.Supplier: "supplier supplier_change supplier_end service_add contract_add sub_add",
        supply.Service: "service service_change service_end use_add exit_plan",
        supply.Contract: "contract contract_change contract_end", supply.Use: "use_change use_end",
        supply.SubSupplier: "sub_change sub_end",
        supply.Proof: "proof proof_change proof_judge proof_withdraw letter_add",
        supply.Letter: "letter_withdraw",
        supply.Finding: "finding finding_change finding_mend finding_accept finding_reopen",
        supply.Review: "review review_change review_add_question review_invite review_divide review_send review_extend "
                       "review_conclude review_withdraw review_judging review_reopen review_party_end join adopt asked_review "
                       "asked_who",
        supply.Question: "review_question review_leave_out review_eyes review_finding review_ask",
        supply.ReviewFinding: "review_finding_drop review_finding_not_mended review_finding_accept review_finding_confirm "
                              "review_finding_mended asked_finding",
        supply.Exhibit: "exhibit", supply.Adoption: "adoption_leave adoption_renew",
        supply.Tender: "tender tender_compare tender_paper tender_choose tender_own_add tender_send tender_lines tender_stop "
                       "offer_add",
        supply.TenderLine: "tender_own tender_own_drop",
        supply.Offer: "offer offer_change offer_read offer_lines award", supply.PrivateSet: "private_set private_set_end",
        supply.Agreed: "agreed_one agreed_look agreed_arrange agreed_end",
        supply.Order: "order order_end replacement replaced",
        supply.Collective: "collective collective_oscal collective_join collective_leave collective_confirm collective_deny "
                           "collective_change collective_end collective_cover collective_members collective_note "
                           "collective_others_csv",
        supply.Covering: "covering_change covering_remove", supply.Membership: "membership_end",
    }.items()
    for name in names.split()
} | {"incidents:monitoring_report": MonitoringReport, "incidents:monitoring_incident": MonitoringAlert}  # fmt: skip
WITHIN: dict[Any, str] = {
    supply.Letter: "proof", supply.Use: "service", supply.Question: "review", supply.ReviewFinding: "question__review",
    supply.Exhibit: "question__review", supply.TenderLine: "tender", supply.Offer: "tender", supply.Covering: "collective",
    supply.Membership: "collective",
}  # fmt: skip
for room in BEYOND:
    PK |= room.pk
    WITHIN |= room.within
OWN_WORDS = {name: room.words for room in BEYOND for name in room.needs}
OF_SERVED = {f"advisories:{each}" for each in ("served_one", "serve_end", "serve_contact")} | {
    f"advisories:register_for{each}" for each in ("", "_read", "_preview", "_carry", "_done")
}  # fmt: skip
OF_INCIDENT = (Hit, Task, Contact, Exhibit, Lesson, Rehearsal, Report)
SUBJECTS = {"isms:classify": "gemalen", "isms:lean": "paspoorten", "ensia:withdraw": "zaaksysteem"}


def one(model: Any, slug: str) -> Any:
    """Something of this kind that an organisation has; what is open or of a process owner first."""
    if model is Finding:
        return Finding.objects.filter(audit__organisation__slug=slug).first()
    if model is Delivery:
        return Delivery.objects.filter(report__incident__organisation__slug=slug).first()
    if model in (Touched, Call):
        return model.objects.filter(warning__organisation__slug=slug).first()
    if model is Document:
        return model.objects.filter(organisation__slug=slug).order_by("-state").last()
    if model in WITHIN:
        return model.objects.filter(**{f"{WITHIN[model]}__organisation__slug": slug}).order_by("pk").first()
    if model is supply.Tender:
        return model.objects.filter(organisation__slug=slug, state="draft").first()
    if model in OF_INCIDENT:
        return model.objects.filter(incident__organisation__slug=slug).first()
    rows = model.objects.filter(organisation__slug=slug)
    if model is Framework:
        return rows.get(ended_at=None)
    if model is Audit:
        return rows.filter(finished_on__isnull=True).first()
    if model in (Risk, Action):
        return rows.filter(owner__email__startswith="openbareorde").first() or rows.get()
    return rows.first()


def address(name: str, world: World, slug: str = "dijkstad", token: str = "x" * 22) -> str:
    """An address in Dijkstad; its numbers are those of something that the organisation ``slug`` has."""
    made, stated, year = one(Remark, slug), one(Remark, "dijkstad").statement, one(Year, "dijkstad")
    ours = {
        "pk": PK.get(name) and one(PK[name], slug).pk, "account": "cbw-rdi", "line": "DigiD", "token": token,
        "subject": SUBJECTS.get(name), "kind": "kader", "framework": one(Framework, slug).pk, "year": year.year,
        "answerer": Answerer.objects.filter(year__organisation__slug=slug, line="DigiD").first().pk, "remark": made.pk,
        "number": stated.number, "mapping": one(MappingSet, slug).pk,
    }  # fmt: skip
    if name.startswith("perimeter:"):
        ours["name"] = f"rechten-{slug}.example"
    if name in OF_SERVED:  # a desk of its own serves itself
        ours["pk"] = Organisation.objects.get(slug=slug).pk
    if name.startswith("suppliers:"):
        ours |= _of_suppliers(name, slug)
    if name.startswith("incidents:delivery"):  # what reached the organisation, not what it sent
        ours["pk"] = Delivery.objects.filter(organisation__slug=slug).first().pk
    if name in ("perimeter:export", "perimeter:run_log_file", "perimeter:csirt_run_log_file"):
        ours["kind"] = "csv"
    if name == "accountability:concept":
        ours["name"] = "cbw-dossier.pdf"
    if name in OWN_WORDS:
        ours |= OWN_WORDS[name](name, slug)
    wanted = arguments(name, world)
    query = f"?{urlencode({'regel': f'{made.requirement}@{made.subject}'})}" if name == "accountability:remark" else ""
    return reverse(name, kwargs={each: ours.get(each, known) for each, known in wanted.items()}) + query


def _of_suppliers(name: str, slug: str) -> dict[str, Any]:
    """What else stands in addresses of suppliers."""
    rows = supply.Supplier.objects.filter(organisation__slug=slug).order_by("pk")
    found = {
        "one": rows[0].pk, "other": rows[1].pk, "kind": "json", "number": 1,
        "service": one(supply.Service, slug).pk, "party": supply.Party.objects.get(organisation__slug=slug).pk,
        "share": Share.objects.get(owner__slug=slug, kind="suppliers").pk,
    }  # fmt: skip
    sent = supply.Tender.objects.get(organisation__slug=slug, state="sent")
    return found | ({"pk": sent.pk} if name == "suppliers:offer_add" else {})


@pytest.fixture(scope="module")
def addresses(world: World) -> dict[str, str]:
    """All of them, by name."""
    return {name: address(name, world) for name in NEEDS}


KEPT: dict[tuple[str, str], Client] = {}  # a browser each, signed in once as long as the world stands


def browser(world: World, key: str, organisation: str = "dijkstad") -> Client:
    """A browser in which somebody of the cast is signed in, that checks CSRF as the site does."""
    client = Client(enforce_csrf_checks=True)
    if (key, organisation) in KEPT:
        client.cookies.update(KEPT[key, organisation].cookies)
    else:
        client.force_login(
            world.person(key, organisation), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return client


@contextmanager
def plainly_refused(who: str) -> Iterator[None]:
    """Refuses without drawing the page that says so, since thousands of them are alike; for two visitors it is drawn."""
    if who in ("ciso", "collega"):
        yield
        return
    said = {"handler403": HttpResponseForbidden, "handler404": HttpResponseNotFound}
    with ExitStack() as stack:
        for name, answer in said.items():
            stack.enter_context(
                patch.object(urls, name, lambda _request, exception, answer=answer: answer(str(exception)))
            )
        yield


def post(client: Client, url: str, sent: dict[str, Any] | None = None) -> HttpResponse:
    """A post with the token of the page it came from."""
    client.cookies["csrf"] = TOKEN
    return client.post(url, {"csrfmiddlewaretoken": TOKEN, **(sent or {})})


def expected(who: str, name: str, method: str, held: frozenset[Right]) -> set[int]:
    """The answers that are right."""
    row = NEEDS[name]
    if name in BY_KEY:  # a machine without a key, whoever is signed in
        return {401} if (method == "post") is (name == "advisories:api_status") else {405}
    if name == "advisories:acknowledge" or name in CLOSED:
        return {404}
    if name == "isms:feed" or name in PUBLIC:
        return {PUBLIC.get(name, 404)} if method == "get" else {405}
    if who == "anonymous":
        return {302}
    if (method == "get" and row.posts) or (method == "post" and not row.posts and name not in FORMS):
        return {405}
    if (who, name) in ANOTHERS:
        return {ANOTHERS[who, name]}
    if not held:
        return {200, 302} if row.guests and who in GUESTS else {404}
    mine = row.owner == who and Right.ANSWER in held
    needed = POST_ASKS.get(name, row.rights) if method == "post" else row.rights
    if name == "suppliers:exhibit" and Right.SEE in held and Right.SUPPLY not in held:
        return {404}  # of a review the files are there only for who keeps or reviews it
    if mine or held.intersection(needed):
        return {404} if name in NOT_HERE else {200, 302}
    return {403}


def names_of(rooms: tuple[str, ...]) -> list[str]:
    return [name for name in OURS if name.partition(":")[0] in rooms]


def test_every_address_has_its_line_in_the_table() -> None:
    """A new page is not forgotten here."""
    assert sorted(NEEDS) == sorted(names_of(ROOMS))


def tried(who: str) -> Iterator[tuple[str, str]]:
    """Names and methods.

    Of the secretary and of one more owner only that counts which sets them apart from the college and other owners.
    """
    few = {"openbareorde": lambda row: row.owner, "secretaris": lambda row: Right.SIGN in row.rights}
    for name, row in NEEDS.items():
        if who in few and not few[who](row):
            continue
        yield name, "get"
        yield name, "post"


@pytest.mark.parametrize("who", VISITORS)
def test_who_may_what(who: str, world: World, addresses: dict[str, str]) -> None:
    """Every address answers a look and a post of each visitor as the table says."""
    at = VISITORS[who]
    client = browser(world, *at) if at else Client(enforce_csrf_checks=True)
    roles = Role.objects.filter(person=world.person(*at), organisation__slug="dijkstad") if at else Role.objects.none()
    held = rights(roles.values_list("role", flat=True))
    wrong, token = {}, brought(world)
    with plainly_refused(who):
        for name, method in tried(who):
            url = addresses[name].replace("x" * 22, token if name.startswith("frameworks") else "x" * 22)
            with transaction.atomic():
                response = client.get(url) if method == "get" else post(client, url)
                transaction.set_rollback(True)
            if response.status_code not in expected(who, name, method, held):
                wrong[name, method] = response.status_code
            if response.status_code == 302 and who == "anonymous":
                assert "/account/login/" in response["Location"], name
    assert wrong == {}


@pytest.mark.parametrize("who", ["ciso", "auditor"])
def test_a_post_from_elsewhere_is_refused(who: str, world: World, addresses: dict[str, str]) -> None:
    """Without the token of our own page nothing is done, whatever somebody may."""
    client, before = browser(world, who), Entry.objects.count()
    for name, url in addresses.items():
        # No page of ours: a key goes with each request, and no cookie counts; or it knows nobody and writes nothing.
        if name not in BY_KEY | {"crime:public_referral"}:
            assert client.post(url).status_code == 403, name
    assert Entry.objects.count() == before


def test_looking_changes_nothing(world: World) -> None:
    """A CISO opens every page of the site: the trail and every table hold what they held.

    But for a file of a supplier: that it was opened is noted, since the supplier may see that.
    """
    client, token, before = browser(world, "ciso"), brought(world), rows()
    for name in [each for each in OURS if each != "suppliers:exhibit"]:
        client.get(address(name, world, token=token) if name in NEEDS else reverse(name, kwargs=arguments(name, world)))
    assert rows() == before


def rows() -> dict[str, int]:
    """How many of everything there are, but for what a browser keeps."""
    return {
        each._meta.label: each._default_manager.count()
        for each in apps.get_models()
        if each._meta.app_label != "sessions"
    }


# -- what another organisation has -------------------------------------------------------------------
NUMBERED = [name for name in NEEDS if name in PK and name not in BY_KEY and not name.startswith("perimeter:csirt")] + [
    *(name for room in BEYOND for name in room.full(room.named)),
    "accountability:answer_remark", "accountability:close_remark", "ensia:take_back", "frameworks:framework",
    "frameworks:difference", "frameworks:document", "frameworks:mapping", "frameworks:choose", "frameworks:share",
    "perimeter:name", "perimeter:raw", "perimeter:name_decide", "perimeter:name_owner", "perimeter:name_measure",
]  # fmt: skip
WHO_MAY = {
    Right.SIGN: "college", Right.AUDIT: "auditor", Right.KEEP_ISMS: "ciso", Right.SEE: "ciso", Right.PREPARE: "ciso",
    Right.IMPORT: "ciso", Right.SHARE: "ciso", Right.WATCH: "ciso", Right.CONSENT: "ciso",
    Right.TELL: "ciso", Right.HANDLE: "ciso", Right.RECEIVE: "ciso", Right.TRIAGE: "ciso", Right.REGISTER: "ciso",
    Right.SUPPLY: "ciso", Right.ANSWER: "ciso", Right.STEER: "ciso", Right.SEE_ASSIGNED: "ciso", Right.ORDER: "aov",
    Right.DECIDE: "burgemeester", Right.PRIVACY: "fg",
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERED)
def test_numbers_of_another_are_not_there(name: str, world: World) -> None:
    """Who may do it at home finds nothing under the number of what Waterveen has."""
    client = browser(world, WHO_MAY[NEEDS[name].rights[0]])
    url, before = address(name, world, "waterveen"), Entry.objects.count()
    if not NEEDS[name].posts:
        assert client.get(url).status_code == 404
    assert post(client, url).status_code == (404 if NEEDS[name].posts or name in FORMS else 405)
    assert Entry.objects.count() == before


SOON = (date.today() + timedelta(days=9)).isoformat()
FILLED: dict[str, dict[str, Any]] = {
    "isms:risk_add": {"title": "Zelf", "cause": "", "consequence": "", "requirements": ""},
    "isms:risk_edit": {"title": "Zelf", "cause": "", "consequence": "", "requirements": ""},
    "isms:action_add": {"title": "Zelf", "text": "", "due": SOON, "requirement": ""},
    "isms:action_edit": {"title": "Zelf", "text": "", "due": SOON, "requirement": ""},
    "isms:policy_add": {"title": "Zelf", "place": "", "months": "12"},
}
PEOPLE = [(name, "owner") for name in FILLED] + [
    ("ensia:coordinate", "coordinator"), ("ensia:open", "coordinator"), ("ensia:hand_out", "person"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field"), PEOPLE)
def test_persons_of_another_are_given_nothing(name: str, field: str, world: World) -> None:
    """Nobody of Waterveen becomes owner, coordinator or answerer here; who is here does, with the same form."""
    client, stranger = browser(world, "ciso"), world.person("ciso", "waterveen")
    url, before = address(name, world), Entry.objects.count()
    sent = {**FILLED.get(name, {}), "year": str(world.on.year - 1)}
    refused = post(client, url, {**sent, field: str(stranger.pk)})
    assert refused.status_code == (302 if name == "ensia:coordinate" else 200)
    assert Entry.objects.count() == before
    taken = post(client, url, {**sent, field: str(world.person("openbareorde").pk)})
    assert taken.status_code == 302
    assert Entry.objects.count() > before


def test_subjects_of_another_are_not_linked(world: World) -> None:
    """Neither to a risk nor to a process."""
    at_theirs = by(world, "ciso", "waterveen")
    register_subject(world.organisations["waterveen"], kind="system", name="Van hen", key="van-hen", **at_theirs)
    client, before = browser(world, "ciso"), Entry.objects.count()
    assert (
        post(client, address("isms:risk_add", world), {**FILLED["isms:risk_add"], "subjects": "van-hen"}).status_code
        == 200
    )
    assert post(client, address("isms:lean", world), {"systems": "van-hen"}).status_code == 200
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("parameter", "model"), [("risk", Risk), ("finding", Finding), ("review", Review)])
def test_an_action_is_not_hung_on_what_another_has(parameter: str, model: Any, world: World) -> None:
    """The address names it, and then it stands on its own."""
    client, url = browser(world, "ciso"), address("isms:action_add", world)
    theirs = f"{url}?{urlencode({parameter: one(model, 'waterveen').pk})}"
    assert post(client, theirs, FILLED["isms:action_add"]).status_code == 302
    assert getattr(Action.objects.latest("pk"), f"{parameter}_id") is None
    ours = f"{url}?{urlencode({parameter: one(model, 'dijkstad').pk})}"
    assert post(client, ours, FILLED["isms:action_add"]).status_code == 302
    assert getattr(Action.objects.latest("pk"), f"{parameter}_id") == one(model, "dijkstad").pk


@pytest.mark.parametrize(
    "query",
    [{"vraag": "x" * 400}, {"vraag": "a\0b"}, {"vraag": "policy.shared", "onderwerp": "a\0b"}, {"risk": "9" * 17}],
)
def test_an_address_that_somebody_made_up_is_no_error(query: dict[str, str], world: World) -> None:
    """What is not there is left out or refused; the page still opens."""
    client, url = browser(world, "ciso"), f"{address('isms:action_add', world)}?{urlencode(query)}"
    assert client.get(url).status_code == 200
    assert post(client, url, FILLED["isms:action_add"]).status_code in {200, 302}


POWER_FACTS = tuple(powers_pack().questions)  # of the wizard of public order
HEAVY = ("accountability:accounts", "isms:minutes")  # these ask nothing there
ASKED = (
    "op", "onderwerp", "alleen", "text", "n", "seed", "regel", "account", "province", "size", "sort", "page", "kind", "norm",
    "maand", "weging", "wie", "groep", "van", "eis", "risk", "finding", "review", "vraag", "back", "since", "state", "check",
    "person", "owner", "vervangt", "voor", "year", "level", "handler", "outcome", "desk", "source", "show", "seen", "per", "lack",
    "touches", "publisher", "provider", "used", "exposed", "decision", "language", "meer", "rol", "form",
    "crisis", "scenario", "versie", "was", "bevoegdheid", "uitval", "ook", "uren", "extra", "trekking", "area", "phase", "layer",
    "actor", "status", *POWER_FACTS,
)  # fmt: skip


@pytest.mark.parametrize("value", ["a\0b", "9" * 400])
def test_what_is_asked_in_an_address_is_no_error(value: str, world: World, addresses: dict[str, str]) -> None:
    """Whatever somebody puts behind the question mark, a page opens or says that there is nothing."""
    client = browser(world, "ciso")
    for name, url in addresses.items():
        if not NEEDS[name].posts and name not in HEAVY and name not in BY_KEY:
            response = client.get(f"{url.partition('?')[0]}?{urlencode(dict.fromkeys(ASKED, value))}")
            assert response.status_code in {200, 302, 403, 404}, name


def test_accounts_about_what_another_has_are_not_drawn_up(world: World) -> None:
    """Not laid before whoever signs, not signed, and no line of it is taken along."""
    at_theirs = by(world, "ciso", "waterveen")
    register_subject(world.organisations["waterveen"], kind="system", name="Van hen", key="van-hen", **at_theirs)
    before = Entry.objects.count()
    for account in packs_on(world.on).norms.accounts:
        for who, name in (("ciso", "hand_over"), ("college", "sign"), ("ciso", "draft")):
            for key in ("van-hen", "a\0b"):
                url = reverse(f"accountability:{name}", args=("dijkstad", account), query={"onderwerp": key})
                client = browser(world, who)
                response = client.get(url) if name == "draft" else post(client, url, {"seen": "0" * 64})
                assert response.status_code in {200, 302, 403}, (account, name)
                assert "Van hen" not in response.content.decode()
    line = "cbw:21.3.a@waterveen"
    assert post(browser(world, "auditor"), address("accountability:take", world), {"regel": line}).status_code == 302
    remarked = address("accountability:remark", world).partition("?")[0]
    assert post(browser(world, "auditor"), f"{remarked}?{urlencode({'regel': line})}").status_code == 404
    assert set(Entry.objects.order_by("pk")[before:].values_list("act", flat=True)) <= {
        "accountability.refused_role", "accountability.refused_withdrawal",
    }  # fmt: skip


def test_answers_of_another_are_not_confirmed(world: World) -> None:
    """The number of a fact of Waterveen confirms nothing, here or there."""
    theirs = Fact.objects.filter(organisation__slug="waterveen").first()
    before = Entry.objects.count(), Fact.objects.count()
    assert post(browser(world, "ciso"), address("ensia:confirm", world), {"fact": str(theirs.pk)}).status_code == 302
    assert (Entry.objects.count(), Fact.objects.count()) == before


def test_files_brought_elsewhere_are_not_read_here(world: World) -> None:
    """A token counts for who brought the files, in the organisation where he did."""
    client, token = browser(world, "ciso", "waterveen"), brought(world)
    for name in ("frameworks:preview", "frameworks:carry_out"):
        there = address(name, world, token=token).replace("/o/dijkstad/", "/o/waterveen/")
        answer = post(client, there) if NEEDS[name].posts else client.get(there)
        assert answer.status_code == 404, name


def test_a_guest_reads_only_what_was_shared_with_him(world: World) -> None:
    """The analyst has the account of the Cbw: not that of the council, and not once the share has ended."""
    client = browser(world, "analist", "csirt")
    account = address("accountability:account", world)
    assert client.get(account).status_code == 200
    assert client.get(account.replace("cbw-rdi", "ensia-council")).status_code == 404
    reading_of = address("accountability:reading", world)
    Share.objects.filter(owner__slug="dijkstad", recipient__slug="csirt").update(revoked_at=timezone.now())
    for url in (account, reading_of):
        assert client.get(url).status_code == 404
