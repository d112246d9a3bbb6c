"""The helper for victims: at the desk and for anybody, desks of our own; and that of answers nothing stays anywhere."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.apps.crime import referral_page
from dijkwacht.apps.crime.models.help import Desk, HelpPage
from dijkwacht.apps.crime.queries.verify import verify_crime
from dijkwacht.apps.crime.services import desks as services
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms.crime_packs import crime_packs
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
REFERRAL = crime_packs().referral
DAY = timedelta(days=1)
DESK = {
    "point": "municipality",
    "name": "Publieksbalie",
    "phone": "14 0999",
    "hours": "Werkdagen",
    "place": "",
    "site": "",
}
ANYTHING = st.dictionaries(
    st.sampled_from([each.id for each in REFERRAL.questions]),
    st.lists(
        st.one_of(
            st.sampled_from([one.id for each in REFERRAL.questions for one in each.options]), st.text(max_size=9)
        ),
        max_size=4,
    ),
)


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


@pytest.fixture
def public(organisation: Organisation, does: dict[str, Any]) -> str:
    services.open_page(organisation, **does)
    return reverse("crime:public_referral", args=[organisation.slug])


def at(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"crime:{name}", args=[organisation.slug, *args])


def desk(organisation: Organisation, does: dict[str, Any], **changed: str) -> Desk:
    return services.add(organisation, told=services.Told(**{**DESK, **changed}), **does)


# -- for anybody -----------------------------------------------------------------------------------------
def test_nothing_is_there_until_the_organisation_chose_so(
    organisation: Organisation, client: Client, does: dict[str, Any]
) -> None:
    url = reverse("crime:public_referral", args=[organisation.slug])
    assert client.get(url).status_code == client.post(url, {"danger": "yes"}).status_code == 404
    assert client.get(reverse("crime:public_referral", args=["nergens"])).status_code == 404
    services.open_page(organisation, **does)
    assert client.get(url).status_code == 200
    services.close_page(organisation, **does)
    assert client.get(url).status_code == client.post(url, {"danger": "yes"}).status_code == 404


def test_anybody_without_cookie_or_token(public: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for page in (client.get(public), client.post(public, {"what": "bank", "money": "just"})):
        assert page.status_code == 200
        assert not page.cookies
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Content-Language"] == "nl"
        assert "csrfmiddlewaretoken" not in page.content.decode()
        assert "<h1" in page.content.decode()
        assert 'href="tel:112"' in page.content.decode()


def test_answers_stay_nowhere(public: str, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    entries, before = Entry.objects.count(), {model: model.objects.count() for model in (Desk, HelpPage)}
    with caplog.at_level("DEBUG", logger="dijkwacht"), caplog.at_level("DEBUG", logger="django.request"):
        page = client.post(public, {"what": "images", "who": "young", "danger": "no"})
    assert page.status_code == 200
    assert Entry.objects.count() == entries
    assert before == {model: model.objects.count() for model in before}
    assert "images" not in caplog.text
    assert not client.session.keys()
    # answers in an address are not taken: they would lie in logs and history
    asked = client.get(f"{public}?what=images&danger=yes")
    assert asked.context["page"] is None
    assert " checked" not in asked.content.decode()
    assert "what=images" not in asked.content.decode()


def test_no_view_asks_anything_of_the_database_for_the_answers(
    organisation: Organisation, public: str, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        client.post(public, {"what": "bank", "money": "just"})


def test_danger_comes_first_and_the_first_hour_with_it(public: str, client: Client) -> None:
    page = client.post(f"{public}?taal=en", {"danger": "yes", "what": "threat", "money": "just"}).content.decode()
    assert page.index("Call 112 now") < page.index("In the first hour") < page.index("1. Police 112")
    steps = page.split('<ol class="steps">')[1].split("</ol>")[0]
    assert steps.index("Call 112 and go where you are safe") < steps.index("Call your bank")
    assert page.index("1. Police 112") < page.index("Your bank (emergency number)") < page.index('id="questions"')


def test_in_dutch_by_itself_and_in_english_when_asked(public: str, client: Client) -> None:
    assert "Wat is er gebeurd?" in client.get(public).content.decode()
    assert "What happened?" in client.get(f"{public}?taal=en").content.decode()
    assert "Wat is er gebeurd?" in client.get(f'{public}?taal="><script>').content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"danger": "<script>alert(1)</script>"}, {"what": ["bank", "images"]}, {"x" * 900: "y"}, {"what": "\x00"},
        {"want": ["report"] * 200}, {"elsewhere": "yes"},
    ],
)  # fmt: skip
def test_whatever_is_sent_ends_at_a_desk(public: str, client: Client, sent: dict[str, Any]) -> None:
    page = client.post(public, sent)
    assert page.status_code == 200
    assert page.context["page"].first.number == 1
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods(public: str, client: Client, method: str) -> None:
    assert getattr(client, method)(public).status_code == 405


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(ANYTHING)
def test_every_answer_ends_at_a_desk_with_something_to_do(organisation: Organisation, answers: Any) -> None:
    page = referral_page.page(organisation, answers, on=TODAY)
    numbers = [way.number for _when, ways in page.ways for way in ways]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers
    assert page.steps
    danger = referral_page.page(organisation, {**answers, "danger": ["yes"]}, on=TODAY)
    assert danger.danger
    assert danger.first.direction.point.number == "112"
    assert danger.steps[0].id == "safe"
    assert page.danger == ("yes" in answers.get("danger", ()))


# -- at our desk -----------------------------------------------------------------------------------------
def test_who_may_do_what(
    organisation: Organisation, other_organisation: Organisation, people: People, client: Client, does: dict[str, Any]
) -> None:
    row = desk(organisation, does)
    reads = [at("referral", organisation), at("desks", organisation)]
    forms = [at("desk_add", organisation), at("desk_change", organisation, row.pk), at("help_page", organisation)]
    presses = [at("desk_check", organisation, row.pk), at("desk_remove", organisation, row.pk)]
    for url in reads:
        assert people.browser("ciso").get(url).status_code == 200, url
    for url in forms:
        assert people.browser("safety_adviser").get(url).status_code == 200, url
        assert people.browser("auditor").get(url).status_code == 403, url
    for url in presses:
        assert people.browser("safety_adviser").get(url).status_code == 405, url
        assert people.browser("auditor").post(url).status_code == 403, url
    stranger = people.stranger(other_organisation)
    for url in (*reads, *forms):
        assert stranger.get(url).status_code == 404, url
        assert client.get(url).status_code == 302, url
    for url in (reads[0], *forms, *presses):
        assert stranger.post(url).status_code == 404, url
        assert client.post(url).status_code == 302, url


def test_a_desk_of_another_is_not_there(
    organisation: Organisation, other_organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    theirs = desk(other_organisation, does, name="Van hen")
    for name in ("desk_change", "desk_check", "desk_remove"):
        for pk in (theirs.pk, 999_999):
            assert adviser.post(at(name, organisation, pk)).status_code == 404
    assert "Van hen" not in adviser.post(at("referral", organisation), {"document": "yes"}).content.decode()


def test_our_own_desk_stands_with_its_number_and_says_when_it_is_old(
    organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    url, old = at("referral", organisation), NOW - (REFERRAL.stale_days + 1) * DAY
    desk(organisation, {**does, "at": old})
    page = adviser.post(url, {"document": "yes"}).content.decode()
    assert 'href="tel:140999"' in page
    assert "This was tried too long ago" in page
    adviser.post(at("desk_check", organisation, Desk.objects.get().pk))
    page = adviser.post(url, {"document": "yes"}).content.decode()
    assert "This was tried too long ago" not in page
    assert "Tried on" in page
    adviser.post(at("desk_remove", organisation, Desk.objects.get().pk))
    assert "Publieksbalie" not in adviser.post(url, {"document": "yes"}).content.decode()


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("odd", {"point": "nowhere"}), ("empty", {"name": " "}), ("phone", {"phone": "bel mij"}), ("phone", {"phone": "٣٣٣"}),
        ("phone", {"phone": "0900<script>"}), ("site", {"site": "javascript:alert(1)"}), ("site", {"site": "http://a.example"}),
        ("site", {"site": "https://a@b.example"}), ("site", {"site": "https://[x"}), ("site", {"site": "https://a.example/ x"}),
        ("reached", {"phone": ""}), ("too_long", {"hours": "x" * 201}),
    ],
)  # fmt: skip
def test_a_wrong_desk(organisation: Organisation, does: dict[str, Any], code: str, changed: dict[str, str]) -> None:
    with pytest.raises(Refused, match=code):
        desk(organisation, does, **changed)
    assert not Desk.objects.exists()


def test_a_desk_by_the_form(organisation: Organisation, adviser: Client) -> None:
    url = at("desk_add", organisation)
    assert 'value="is-not"' not in adviser.get(f"{url}?loket=is-not").content.decode()
    assert adviser.post(url, DESK).status_code == 302
    again = adviser.post(url, DESK).content.decode()
    assert "A desk with this name stands there already." in again
    row = Desk.objects.get()
    assert (row.checked_on, row.phone) == (TODAY, "14 0999")
    wrong = adviser.post(at("desk_change", organisation, row.pk), {**DESK, "site": "javascript:alert(1)"})
    assert "starting with https://" in wrong.content.decode()
    changed = {**DESK, "site": "https://balie.example/"}
    assert adviser.post(at("desk_change", organisation, row.pk), changed).status_code == 302
    assert "https://balie.example/" in adviser.get(at("desks", organisation)).content.decode()


def test_opening_and_closing_and_every_deed_in_the_trail(
    organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    url = at("help_page", organisation)
    assert "Nobody outside can use it." in adviser.get(url).content.decode()
    for show in ("yes", "yes", "no", "no", "yes"):
        adviser.post(url, {"show": show})
    assert "Anybody can use it." in adviser.get(url).content.decode()
    row = desk(organisation, does)
    services.change(row, told=services.Told(**DESK), **does)
    services.check(row, **does)
    services.remove(row, **does)
    for deed in (services.check, services.remove):
        with pytest.raises(Refused, match="removed"):
            deed(row, **does)
    acts = list(Entry.objects.filter(act__startswith="crime.").order_by("seq").values_list("act", flat=True))
    assert [act.removeprefix("crime.") for act in acts] == [
        "help_opened", "help_closed", "help_opened", "desk_added", "desk_changed", "desk_checked", "desk_removed",
    ]  # fmt: skip
    assert verify_crime(organisation).faulty == []
    HelpPage.objects.update(ended_at=NOW)
    assert verify_crime(organisation).faulty


def test_on_our_desk_a_token_is_asked_and_the_answer_is_not_kept(organisation: Organisation, adviser: Client) -> None:
    page = adviser.post(at("referral", organisation), {"what": "bank", "money": "just", "want": ["report", "talk"]})
    text = unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert page.headers["Cache-Control"] == "no-store"
    assert "csrfmiddlewaretoken" in page.content.decode()
    assert "Begin with: Your bank (emergency number)" in text
    assert "Report it; Talk to somebody" in text
    assert not Entry.objects.filter(act__startswith="crime.").exists()


def test_a_stranger_sends_no_files_and_no_floods(public: str, client: Client) -> None:
    """Files would be kept on disk until the request ends, however large; answers are some hundreds of bytes."""
    large = "x" * 20_000
    for sent in ({"danger": "yes", "x": large}, {"x": SimpleUploadedFile("x.bin", large.encode())}):
        answer = client.post(public, sent)
        assert (answer.status_code, answer["Cache-Control"], answer.content) == (413, "no-store", b"")
    urlencoded = "application/x-www-form-urlencoded"
    assert client.post(public, f"x={large}", content_type=urlencoded).status_code == 413
    assert client.post(public, "danger=yes", content_type=urlencoded).status_code == 200
    assert client.post(public, "", content_type=urlencoded).status_code == 200


def test_the_page_is_not_framed(public: str, client: Client) -> None:
    answer = client.get(public)
    assert answer["X-Frame-Options"] == "DENY" or "frame-ancestors 'none'" in answer["Content-Security-Policy"]
