"""Mails about the legal terms of decisions: to whom, when, once, and without what stands in the file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from dijkwacht.apps.order.models import DecisionFile, TermMail
from dijkwacht.apps.order.services import deciding, files, warning
from dijkwacht.apps.people.models import Organisation
from dijkwacht.commands.judging import tick
from tests.house_people import NOW, Make, People

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def told(ready: Make, does: Make) -> Callable[[str], list[Any]]:
    """The mails that a round of `tick` sends."""

    def at(hours: float) -> list[Any]:
        mail.outbox.clear()
        moment = NOW + hours * HOUR
        warning.warn(at=moment)
        warning.send_waiting(at=moment)
        return list(mail.outbox)

    return at


@pytest.fixture
def refused(ready: Make, does: Make) -> DecisionFile:
    """An emergency ordinance that the council refused an hour after the decision: 24 hours to appeal."""
    file = deciding.decide(ready(), decided_as="mayor", departure="", **does("mayor"))
    deciding.take_step(file, code=deciding.REFUSED, when=NOW + HOUR, **does(at=NOW + HOUR))
    return file


def test_nearly_over_and_too_late_each_once(refused: DecisionFile, told: Make, people: People) -> None:
    for role in ("ciso", "privacy_officer", "college"):
        people(role)
    assert told(2) == []
    assert told(20) == []  # warned, not yet nearly over: that is two hours before the end
    soon = told(23.5)
    assert {each.to[0] for each in soon} == {people(role).email for role in ("safety_adviser", "mayor")}
    assert "Appeal to the commissioner after refusal, no later than" in soon[0].subject
    assert told(23.6) == []
    late = told(26)
    assert len(late) == 2
    assert "too late" in late[0].subject
    assert told(99) == []
    assert set(TermMail.objects.values_list("mark", "rule")) == {
        ("due_soon", "gemw-176-appeal"), ("overdue", "gemw-176-appeal"),
    }  # fmt: skip


def test_a_mail_holds_number_term_and_link_and_nothing_of_the_file(
    refused: DecisionFile, told: Make, organisation: Organisation
) -> None:
    DecisionFile.objects.filter(pk=refused.pk).update(closed_part="GEHEIM", title="Rellen om bakker Pieters")
    (one, _other) = told(26)
    assert reverse("order:file", args=[organisation.slug, refused.pk]) in one.body
    assert refused.name in one.subject
    assert "This was possible until 26 November 2026, 10:30" in one.body
    assert "Who may do it: the mayor" in one.body
    for part in ("GEHEIM", "Pieters", "Geweld", "Centrum", "Te laat", "Eens"):
        assert part not in one.body + one.subject


def test_after_a_night_without_tick_only_the_last_is_mailed(refused: DecisionFile, told: Make) -> None:
    assert len(told(30)) == 2
    assert set(TermMail.objects.values_list("mark", flat=True)) == {"overdue"}


def test_what_was_done_or_closed_is_mailed_no_more(refused: DecisionFile, told: Make, does: Make) -> None:
    deciding.take_step(refused, code="appeal_lodged", when=NOW + 2 * HOUR, **does(at=NOW + 2 * HOUR))
    assert told(23.5) == []
    assert not TermMail.objects.filter(rule="gemw-176-appeal").exists()
    deciding.look_back(refused, justified="yes", text="Ja", **does(at=NOW + 3 * HOUR))
    deciding.close(refused, **does(at=NOW + 3 * HOUR))
    assert told(400) == []


def test_a_limit_that_ends_by_itself_says_so(ready: Make, told: Make, does: Make) -> None:
    file = ready("gemw_174b_risk_area")
    files.write(file, ends_at=NOW + 12 * HOUR, **does())
    deciding.decide(file, decided_as="mayor", departure="Zo nodig.", **does("mayor"))
    (soon, _other) = told(11)
    assert "This ends by law on" in soon.body
    (late, _other) = told(13)
    assert "ended: " in late.subject
    assert "Who must do it" not in late.body


def test_who_no_longer_may_see_files_is_not_mailed(refused: DecisionFile, told: Make, people: People) -> None:
    people("safety_adviser").roles.update(valid_to=NOW.date())
    assert [each.to[0] for each in told(26)] == [people("mayor").email]


def test_a_mail_that_cannot_be_sent_keeps_its_trouble_and_others_go(
    refused: DecisionFile, told: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter([OSError("no route"), None])

    def post(*_args: Any, **_more: Any) -> None:
        if error := next(calls):
            raise error

    monkeypatch.setattr(warning, "post", post)
    told(26)
    assert sorted(TermMail.objects.values_list("trouble", flat=True)) == ["", "no route"]
    assert TermMail.objects.filter(claimed_at__isnull=True).count() == 0
    assert told(27) == []


def test_a_round_that_finds_nothing_new_writes_nothing(
    refused: DecisionFile, django_assert_max_num_queries: Any
) -> None:
    assert warning.warn(at=NOW + 26 * HOUR) == 2
    with django_assert_max_num_queries(4):
        assert warning.warn(at=NOW + 27 * HOUR) == 0


def test_tick_mails_them(refused: DecisionFile) -> None:
    found = tick(on=NOW.date() + timedelta(days=1), at=NOW + 26 * HOUR, limit=None, progress=None)
    assert (found.data["order_terms"], len(mail.outbox)) == (2, 2)
