"""Handing out a line: who is asked, what he sees, and the mail."""

from datetime import date

import pytest
from django.core import mail

from dijkwacht.apps.ensia.models import Answerer, Notice
from dijkwacht.apps.ensia.queries.askings import Asking, askings
from dijkwacht.apps.ensia.queries.lines import requirements_of
from dijkwacht.apps.ensia.services import handing, mailing
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.ensia.services.years import close_year
from dijkwacht.apps.ledger.models import Assignment
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.people.models import Person, Role
from dijkwacht.apps.trail.models import Entry
from tests.ensia.conftest import TODAY, moment

pytestmark = pytest.mark.django_db
NOW = {"on": TODAY, "at": moment(TODAY)}


def hand(year, keeper, to, line="BAG", **fields):
    return handing.hand_out(year, line=line, to=to, person=keeper, **{**NOW, **fields})


def test_every_requirement_of_the_line_is_asked_in_one_act(year, keeper, colleague, organisation):
    before = Entry.objects.filter(organisation=organisation).count()
    done = hand(year, keeper, colleague, lead=True, note="Please")
    asked = Assignment.objects.filter(person=colleague, done_on__isnull=True)
    assert {each.requirement for each in asked} == set(requirements_of("BAG", on=TODAY))
    assert Entry.objects.filter(organisation=organisation).count() == before + 1
    entry = Entry.objects.get(act="ledger.ask_many")
    assert (entry.about, entry.detail["of"], entry.detail["lead"]) == ("ensia:2026:BAG", colleague.pk, True)
    assert verify_register(organisation) == []
    assert done.notice.claimed_at is None


@pytest.mark.parametrize(
    ("line", "due", "expected"),
    [("BAG", None, date(2026, 12, 31)), ("DigiD", None, date(2027, 4, 30)), ("BAG", date(2026, 12, 11), date(2026, 12, 11)),
     ("WOZ", date(2026, 12, 11), date(2026, 12, 11)), ("WOZ", None, None)],
)  # fmt: skip
def test_it_is_asked_for_a_day_and_who_asked_is_told(year, keeper, colleague, organisation, line, due, expected):
    done = hand(year, keeper, colleague, line=line, due=due, note="Please")
    assert set(Assignment.objects.filter(person=colleague).values_list("due", flat=True)) <= {expected}
    found = askings(Answerer.objects.filter(person=colleague).select_related("year"))
    assert found == {done.answerer.pk: Asking(keeper, TODAY, expected, "Please")}
    assert verify_register(organisation) == []


def test_of_a_line_that_is_handed_out_again_the_last_asking_counts(year, keeper, colleague, ciso):
    handing.take_back(hand(year, keeper, colleague, note="First").answerer, person=keeper, **NOW)
    again = hand(year, ciso, colleague, note="Second")
    other = hand(year, ciso, colleague, theme="bag.process", note="Theme")
    found = askings(year.answerers.filter(until__isnull=True).select_related("year"))
    assert {pk: (each.by, each.note) for pk, each in found.items()} == {
        again.answerer.pk: (ciso, "Second"), other.answerer.pk: (ciso, "Theme"),
    }  # fmt: skip
    assert askings([]) == {}


def test_a_term_that_was_altered_is_found(year, keeper, colleague, organisation):
    hand(year, keeper, colleague)
    Assignment.objects.filter(person=colleague, requirement="bag:2.1").update(due=date(2027, 1, 1))
    assert [each.columns for each in verify_register(organisation)] == [("due",)]


def test_one_theme_is_handed_out_by_itself(year, keeper, colleague):
    hand(year, keeper, colleague, theme="bag.process")
    asked = set(Assignment.objects.filter(person=colleague).values_list("requirement", flat=True))
    assert asked == {"bag:2.1", "bag:2.2", "bag:2.3"}


def test_a_line_of_which_nothing_is_known_can_be_handed_out_too(year, keeper, colleague):
    hand(year, keeper, colleague, line="WSJG")
    assert not Assignment.objects.filter(person=colleague).exists()
    assert Entry.objects.get(act="ensia.handed_out").about == "ensia:2026:WSJG"


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"line": "nonsense"}, "line"), ({"theme": "bag.nonsense"}, "theme"), ({"line": "WOZ", "theme": "x.y"}, "theme")],
)
def test_what_does_not_exist_is_refused(year, keeper, colleague, fields, code):
    with pytest.raises(Refused) as found:
        hand(year, keeper, colleague, **fields)
    assert found.value.code == code
    assert not Answerer.objects.exists()
    assert not Notice.objects.exists()


def test_twice_is_refused_and_another_lead_takes_over(year, keeper, colleague, ciso):
    hand(year, keeper, colleague, lead=True)
    with pytest.raises(Refused, match="handed_out"):
        hand(year, keeper, colleague, lead=True)
    hand(year, keeper, ciso, lead=True)
    assert [each.person for each in year.answerers.filter(until__isnull=True, lead=True)] == [ciso]


def test_a_stranger_and_a_closed_year_are_refused(year, keeper, colleague, make_person):
    with pytest.raises(Refused, match="colleague"):
        hand(year, keeper, make_person())
    close_year(year, person=keeper, reason="done", **NOW)
    with pytest.raises(Refused, match="closed"):
        hand(year, keeper, colleague)


def test_somebody_new_becomes_respondent_and_nothing_more(year, keeper):
    done = handing.invite_and_hand_out(
        year, line="BAG", email="Geo@Dijkstad.example", name="Geo Meter", person=keeper, **NOW
    )
    person = Person.objects.get(email="geo@dijkstad.example")
    assert [role.role for role in Role.objects.filter(person=person)] == ["respondent"]
    assert not person.has_usable_password()
    assert done.invited == Role.objects.get(person=person)
    again = handing.invite_and_hand_out(
        year, line="BGT", email="geo@dijkstad.example", name="Geo Meter", person=keeper, **NOW
    )
    assert again.invited is None
    assert Role.objects.filter(person=person).count() == 1


def test_taking_back_closes_what_was_asked_and_keeps_what_another_line_asks(year, keeper, colleague, organisation):
    first = hand(year, keeper, colleague, line="BIO", theme="bio2.governance").answerer
    hand(year, keeper, colleague, line="BIO")
    handing.take_back(first, person=keeper, **NOW)
    left = set(Assignment.objects.filter(person=colleague, done_on__isnull=True).values_list("requirement", flat=True))
    assert left == set(requirements_of("BIO", on=TODAY))
    with pytest.raises(Refused, match="not_handed_out"):
        handing.take_back(first, person=keeper, **NOW)
    assert verify_register(organisation) == []


def test_the_mail_asks_to_sign_in_and_holds_no_secret(year, keeper, colleague):
    notice = hand(year, keeper, colleague, note="Before Friday please").notice
    assert mailing.send(notice, at=moment(TODAY))
    (sent,) = mail.outbox
    assert sent.to == [colleague.email]
    assert "https://dijkwacht.example/o/dijkstad/ensia/2026/lijn/BAG/\n" in sent.body
    assert "?" not in sent.body.split("/lijn/BAG/")[0].split("https://")[1]
    assert "Before Friday please" in sent.body
    assert "Please answer no later than 31 December 2026." in sent.body
    assert "sign in" in sent.body


def test_a_mail_goes_out_once_whoever_sends_it(year, keeper, colleague):
    notice = hand(year, keeper, colleague).notice
    assert [mailing.send(notice, at=moment(TODAY)) for _ in range(3)] == [True, False, False]
    assert len(mail.outbox) == 1
    notice.refresh_from_db()
    assert notice.sent_at == moment(TODAY)


def test_what_could_not_be_sent_says_so_and_is_not_tried_again(year, keeper, colleague, settings):
    settings.EMAIL_BACKEND = "tests.ensia.mail.Broken"
    notice = hand(year, keeper, colleague).notice
    assert not mailing.send(notice, at=moment(TODAY))
    notice.refresh_from_db()
    assert (notice.sent_at, notice.trouble) == (None, "no route to the mail server")
    assert mailing.send_waiting(at=moment(TODAY)) == 0
