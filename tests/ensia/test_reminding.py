"""Reminders: by tick, to who still has work, and never twice."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection, connections

from dijkwacht.apps.ensia.models import Notice, Term
from dijkwacht.apps.ensia.services import handing, reminding
from dijkwacht.apps.ensia.services.years import close_year, hand_in
from dijkwacht.apps.people.models import Role
from dijkwacht.apps.trail.models import Entry
from tests.ensia.conftest import OPENED, TODAY, moment

pytestmark = pytest.mark.django_db


def remind(on=TODAY):
    return reminding.remind(on=on, at=moment(on))


@pytest.fixture
def handed(year, keeper, colleague):
    """BAG and BGT are with a colleague; the mail about that went out already."""
    for line in ("BAG", "BGT"):
        handing.hand_out(year, line=line, to=colleague, person=keeper, on=OPENED, at=moment(OPENED))
    Notice.objects.update(claimed_at=moment(OPENED), sent_at=moment(OPENED))
    return year


def test_who_has_work_is_reminded_once_for_all_his_lines(handed, colleague, keeper, organisation):
    done = remind()
    assert (done.terms, done.written, done.sent) == (1, 2, 2)
    by_person = {sent.to[0]: sent for sent in mail.outbox}
    assert set(by_person) == {colleague.email, keeper.email}
    assert "/lijn/BAG/" in by_person[colleague.email].body
    assert "/lijn/BGT/" in by_person[colleague.email].body
    assert "/lijn/BIO/" not in by_person[colleague.email].body
    assert "/lijn/BIO/" in by_person[keeper.email].body
    assert "31 December 2026" in by_person[colleague.email].subject
    entry = Entry.objects.get(organisation=organisation, act="ensia.reminded")
    assert sorted(entry.detail["of"]) == sorted([colleague.pk, keeper.pk])


def test_a_second_tick_finds_nothing_and_the_next_day_in_line_does(handed):
    remind()
    mail.outbox.clear()
    assert remind() == reminding.Reminded(0, 0, 0)
    assert remind(TODAY + timedelta(days=1)).sent == 0
    assert Term.objects.get(year=handed, key="self-assessment").remind_at == date(2026, 12, 1)
    assert remind(date(2026, 12, 1)).written == 2


def test_of_what_was_missed_only_one_goes_out(handed):
    assert remind(date(2026, 12, 20)).written == 2
    assert Term.objects.get(year=handed, key="self-assessment").remind_at == date(2026, 12, 24)


def test_after_the_day_itself_nobody_is_reminded_of_it(handed):
    remind(date(2027, 1, 20))
    assert not Notice.objects.filter(term="self-assessment").exists()


def test_a_line_that_was_handed_in_reminds_nobody(handed, keeper, colleague):
    for line in ("BAG", "BGT"):
        hand_in(handed, line=line, person=keeper, on=TODAY, at=moment(TODAY))
    remind()
    assert [sent.to for sent in mail.outbox] == [[keeper.email]]


def test_who_left_is_not_reminded(handed, colleague, keeper):
    Role.objects.filter(person=colleague).update(valid_to=TODAY)
    remind()
    assert [sent.to for sent in mail.outbox] == [[keeper.email]]


def test_a_closed_year_is_silent(handed, keeper):
    close_year(handed, person=keeper, reason="done", on=TODAY, at=moment(TODAY))
    assert remind() == reminding.Reminded(0, 0, 0)


def test_killed_between_claim_and_mail_nothing_goes_out_twice(handed, monkeypatch):
    """The claim stands before the mail: who dies in between leaves a mail that is not sent again by itself."""
    from dijkwacht.apps.ensia.services import mailing

    def die(notice):
        raise SystemExit

    monkeypatch.setattr(mailing, "_send", die)
    with pytest.raises(SystemExit):
        remind()
    monkeypatch.undo()
    remind()
    assert Notice.objects.filter(claimed_at__isnull=False, sent_at__isnull=True, trouble="").count() == 1
    assert len(mail.outbox) == 1  # the other one


def test_killed_before_the_terms_are_written_the_next_tick_does_it(handed, monkeypatch):
    monkeypatch.setattr(reminding, "_lines_by_person", lambda *args, **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remind()
    monkeypatch.undo()
    assert Term.objects.get(year=handed, key="self-assessment").remind_at == date(2026, 11, 1)
    assert not Entry.objects.filter(act="ensia.reminded").exists()


@pytest.mark.django_db(transaction=True)
def test_five_ticks_at_once_send_each_mail_once(handed):
    gate, found = Barrier(5), []

    def tick():
        try:
            gate.wait()
            found.append(remind())
        finally:
            connections.close_all()

    threads = [Thread(target=tick) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.ensure_connection()
    assert len(found) == 5
    assert sum(each.written for each in found) == 2
    assert len(mail.outbox) == 2
    assert Entry.objects.filter(act="ensia.reminded").count() == 1
