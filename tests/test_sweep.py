"""One sweep over every address of the site, with each kind of visitor: none of them sees more than he may, none is a 500."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from dijkwacht.apps.accountability.models import Remark, Statement
from dijkwacht.apps.accountability.queries import statements
from dijkwacht.apps.accountability.services.freezing import freeze
from dijkwacht.apps.accountability.services.remarks import remark
from dijkwacht.apps.frameworks.models import Framework, MappingSet
from dijkwacht.apps.people.models import Role, Share
from dijkwacht.apps.perimeter.models import Consent, Issue, Run
from dijkwacht.demo import perimeter
from tests.standing import again, standing
from tests.world import World, build

pytestmark = pytest.mark.django_db


def _patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _patterns(each, inner)
        elif each.name:
            yield space + each.name, each


# What allauth serves under /account/ is its own; its tests are too.
OURS = sorted({name for name, _ in _patterns(get_resolver()) if ":" in name})
OPEN = {
    "web:style",
    "web:metrics",
    "isms:feed",
    "perimeter:public",
    "crime:public_referral",
    "advisories:acknowledge",
    *(f"exercises:{each}" for each in ("join", "guest", "guest_now", "guest_log", "guest_decide")),
    *(f"advisories:csaf_{each}" for each in ("provider", "feed", "changes", "index", "document", "hash")),
}  # look for themselves: whether somebody is signed in, or has the address; else 404
ANYBODY = {
    "people:organisations",
    "people:profile",
    "web:language",
    "web:time_machine",
    "web:style",
    "today:home",
    "perimeter:about_scan",
    "web:live",
    "web:ready",
}
BY_KEY = {f"advisories:api_{each}" for each in ("warnings", "advisories", "advisory", "status")}
PARTS = {"advisories:own_reading"}  # of a page, asked for while it is filled in
# Pages with a form that is sent to the page itself. Every other address is only read, or only takes posts.
FORMS = {
    f"{room}:{name}"
    for room, names in {
        "accountability": "answer_remark remark sign withdraw",
        "advisories": "add assess call contact_add decide give join key_make mark own_check own_edit own_new read_anyway refuse "
                      "advisory_remove document_remove "
                      "serve_add serve_contact source_add status triage version write lists line_add line_edit name_add "
                      "follow_add register_read register_for_read desk_name_add",
        "ensia": "close hand_out open withdraw",
        "frameworks": "bring remove share",
        "isms": "accept action_add action_drop action_edit action_finish audit_add audit_finish circumstance_add "
                "circumstances_take_over classify deviate finding_add finding_close known_risks lean minutes "
                "policies_take_over policy_add policy_note review_add risk_add risk_close risk_edit scope_draft "
                "scope_publish training_add treat weigh",
        "incidents": "duty_add registration_tell rehearse role_add role_end "
                     "change_consequences change_data change_moments change_what contact_add give hand_over hit learn "
                     "lesson_finish message_add monitoring_bring monitoring_preview move note secure task_add task_finish tell "
                     "answered delivery_reply receipt report_begin report_check report_edit weigh",
        "suppliers": "supplier_add supplier_change supplier_end service_add service_change service_end contract_add "
                     "contract_change contract_end use_add use_change exit_plan sub_add sub_change merge import proof_add "
                     "proof_change proof_judge proof_withdraw letter_add letter_withdraw finding_add finding_change finding_mend "
                     "finding_accept finding_reopen review_open review_change review_add_question review_invite "
                     "review_divide review_send review_extend review_conclude review_withdraw review_question "
                     "review_leave_out review_eyes review_finding review_finding_drop review_finding_not_mended "
                     "review_finding_accept asked_review asked_finding join adopt adoption_leave tender_begin "
                     "tender_choose tender_own_add tender_send tender_lines tender_stop tender_own offer_add offer_change "
                     "offer_read offer_lines award private_set_bring private_set_preview agreed_look agreed_arrange "
                     "agreed_end order_add replacement share_add collective_join collective_leave collective_make "
                     "collective_change collective_end collective_cover covering_change membership_end",
        "crisis": "crisis_open line_add line_correct line_answer scale clock crisis_close lesson_finish weigh inform "
                  "mayor_card_new compare card_add card_change step_change fallback_put plan_adopt contact_add contact_change "
                  "cascade_node_add cascade_node cascade_tie cascade_edge_add cascade_edge cascade_bring",
        "exercises": "plan change player_add extra note look_back learn lesson_done close annul script_build script_bring "
                     "script_inject script_inject_add play_log play_decide join guest_log guest_decide",
        "crime": "place source_bring source_withdraw local_bring local_withdraw plan_add plan_change plan_measure plan_evaluate "
                 "desk_add desk_change help_page referral public_referral",
        "order": "file_add fact texts alternative hearing decide step look_back signal_add check",
        "landscape": "cell_add cell_change cell_hide say assign decide exchange_bring "
                     "need_add need_speak need_handle need_change pack_need_speak pack_need_handle initiative_add "
                     "initiative_change initiative_finish initiative_join pack_initiative_join covenant_assume",
        "ledger": "add audit import question",
        "perimeter": "consent_give consent_revoke csirt_basis csirt_names csirt_tell feed issue_assign issue_explain issue_note "
                     "issue_version left_alone names_add public_choice",
        "people": "add_person end_role grant_role profile revoke_share share",
    }.items()
    for name in names.split()
}  # fmt: skip


def made() -> World:
    found = build(on=date.today())
    _stated(found)
    perimeter.measure(found, at=timezone.now())
    return found


stands = standing(made)


@pytest.fixture
def world(stands: Any, settings: Any, db: None, tmp_path: Any) -> World:
    settings.DATA_DIR = tmp_path
    found: World = again(stands, tmp_path)
    return found


def _stated(world: World) -> None:
    """A statement that the guest may read as well, and his remark about it."""
    at, guest = timezone.now(), world.person("analist", "csirt")
    row = freeze(
        world.organisations["dijkstad"], account="cbw-rdi", on=world.on, at=at, person=world.person("college"),
        documents=False,
    )  # fmt: skip
    line = statements.opened(row).lines[0]
    remark(
        row, line=(line.requirement, line.subject), text="Waarom?", term=world.on, person=guest, on=world.on, at=at,
        reader=world.organisations["csirt"],
    )  # fmt: skip


OUTSIDE: dict[str, Any] = {"issue": Issue, "run": Run, "consent": Consent}  # what the number in an address is of


def arguments(name: str, world: World) -> dict[str, Any]:
    """Something that exists in Dijkstad for every part of an address."""
    (pattern,) = {each for found, each in _patterns(get_resolver()) if found == name}
    have = {
        "organisation": "dijkstad", "account": "ensia-council", "catalog": "bio2", "requirement": "bio2:8.13.04",
        "subject": "burgerzaken", "key": "burgerzaken", "fact_type": "system.critical", "kind": "system",
        "role": Role.objects.filter(organisation__slug="dijkstad").order_by("pk").first().pk,
        "share": Share.objects.filter(owner__slug="dijkstad").order_by("pk").first().pk,
        "sha256": "0" * 64, "token": "x" * 22, "fact": 1, "act": 1, "pk": 1, "assignment": 1, "made": 1,
        "year": (world.on - timedelta(days=20)).year, "line": "BIO", "answerer": 1,
        "number": Statement.objects.filter(organisation__slug="dijkstad", account="cbw-rdi").latest("number").number,
        "remark": Remark.objects.get(organisation__slug="dijkstad").pk, "name": "auditorpakket.pdf",
        "framework": Framework.objects.get(organisation__slug="dijkstad", ended_at=None).pk, "version": "1.3",
        "whose": "dijkstad", "slug": "dijkstad", "one": 1, "other": 1, "service": 1, "party": 1,
        "mapping": MappingSet.objects.filter(organisation__slug="dijkstad").latest("pk").pk,
    }  # fmt: skip
    if name.startswith("perimeter:"):
        have["name"] = "geo.dijkstad.example"
        model = next((each for part, each in OUTSIDE.items() if name.removeprefix("perimeter:").startswith(part)), None)
        have["pk"] = model.objects.filter(organisation__slug="dijkstad").earliest("pk").pk if model else 1
    have |= _beyond(name)
    wanted = pattern.pattern.converters
    assert set(wanted) <= set(have), f"{name}: give the sweep something for {set(wanted) - set(have)}"
    return {each: have[each] for each in wanted}


def _beyond(name: str) -> dict[str, Any]:
    """What stands in addresses of rooms about what lies beyond the own walls."""
    if name.startswith("crisis:"):
        node = "power_grid_local"
        return {
            "kind": "fact", "ladder": "grip", "item": "sign_language", "name": "hof_van_twente_2020", "node": node,
            "origin": node, "target": "sewer_pumps",
        }  # fmt: skip
    if name.startswith("order:"):
        return {"name": "weapons", "power": "gemw_174_orders", "code": "duty:0"}
    if name.startswith("exercises:"):
        return {"name": "telecom_112_outage", "player": 1, "inject": "i01", "point": 0, "code": "x" * 32}
    if name.startswith("crime:"):
        return {"name": "hackshield", "form": "csv"}
    if name.startswith("landscape:"):
        return {
            "name": "roles_in_disruption", "cell": "ibd_helps_24x7", "area": "disruption", "actor": "ibd",
            "about": "gap:disruption/response/supervision", "form": "csv", "product": "nds", "initiative": "lcp_d",
        }  # fmt: skip
    return {}


def visit(client: Client, name: str, world: World) -> HttpResponse:
    return client.get(reverse(name, kwargs=arguments(name, world)))


def signed_in(world: World, key: str, organisation: str = "dijkstad") -> Client:
    client = Client()
    client.force_login(world.person(key, organisation))
    return client


def allowed(who: str, name: str) -> set[int]:
    """The answers that are right for a visitor at an address. 405: the address only takes posts."""
    if name in BY_KEY:
        return {401, 405}
    if who == "anonymous":
        return {200, 302, 404, 405} if name in OPEN | ANYBODY else {302}
    if who == "stranger":
        return {200, 302, 405} if name in ANYBODY else {404, 405}
    return {200, 302, 403, 404, 405}


VISITORS = {
    "anonymous": None,
    "stranger": ("ciso", "waterveen"),
    "guest": ("analist", "csirt"),
    **{key: (key, "dijkstad") for key in ("ciso", "proces", "coordinator", "college", "auditor", "collega", "beheer")},
}


@pytest.mark.parametrize("who", VISITORS)
def test_every_address(who: str, world: World) -> None:
    """Every address is a page, a way to sign in, a refusal or nothing; never an error, never more than is his."""
    at = VISITORS[who]
    client = signed_in(world, *at) if at else Client()
    wrong = {}
    for name in OURS:
        response = visit(client, name, world)
        if response.status_code not in allowed(who, name):
            wrong[name] = response.status_code
        if who == "anonymous" and response.status_code == 302 and name not in ANYBODY:
            assert "/account/login/" in response["Location"], name
    assert wrong == {}


def test_the_stranger_is_told_nothing_by_methods_either(world: World) -> None:
    """A post to what is not his is a 404 too, before anything is looked at."""
    client = signed_in(world, "ciso", "waterveen")
    for name in OURS:
        if name not in ANYBODY | BY_KEY:
            response = client.post(reverse(name, kwargs=arguments(name, world)))
            assert response.status_code in {404, 405}, name


def test_what_is_only_read_takes_no_post(world: World) -> None:
    """An address shows, or does, or is a page with a form of its own; what only shows answers a post with 405."""
    client = signed_in(world, "ciso")
    reads, wrong = 0, {}
    for name in (
        set(OURS) - BY_KEY - {"advisories:acknowledge", "exercises:guest", "exercises:guest_now"}
    ):  # without its token it is nothing at all
        url = reverse(name, kwargs=arguments(name, world))
        looked, posted = client.get(url).status_code, client.post(url).status_code
        does = looked == 405
        reads += not (does or name in FORMS)
        if (posted == 405) is (does or name in FORMS):
            wrong[name] = looked, posted
    assert wrong == {}
    assert reads > len(OURS) / 3


def test_every_page_of_the_ciso_says_what_it_is(world: World) -> None:
    """One h1, a title, Dutch, and nothing that the content policy would refuse."""
    client = signed_in(world, "ciso")
    for name in OURS:
        response = visit(client, name, world)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        if name in PARTS:
            continue
        assert page.count("<h1") == 1, name
        assert '<html lang="nl"' in page, name
        assert "<title>" in page, name
        assert " style=" not in page, name
        assert "<script>" not in page, name
        assert " onclick=" not in page, name


def test_a_municipality_that_has_done_nothing_yet_can_begin(world: World) -> None:
    """Its questions open, and the first answer is recorded."""
    client = signed_in(world, "ciso", "waterveen")
    for name in ("today:today", "ledger:questions", "accountability:accounts", "ledger:subjects"):
        assert client.get(reverse(name, kwargs={"organisation": "waterveen"})).status_code == 200, name
    address = reverse("ledger:question", args=["waterveen", "waterveen", "policy.approved"])
    assert client.post(address, {"value": "yes", "seen": "0"}).status_code == 302
    requirement = reverse("ledger:requirement", args=["waterveen", "bio2:5.01.01"])
    assert client.get(requirement).status_code == 200


def test_what_another_recorded_is_corrected_only_with_the_right(world: World) -> None:
    """A process owner says that something changed; that a colleague was wrong, only who may correct says."""
    address = reverse("ledger:question", args=["dijkstad", "dijkstad", "crisis.plan.adopted"])
    sent = {"value": "no", "wrong": "wrong"}
    assert signed_in(world, "proces").post(address, sent).status_code == 403
    assert signed_in(world, "ciso").post(address, sent).status_code == 302
