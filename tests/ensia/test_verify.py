"""`dijkwacht trail verify` over the rows of this room: whatever somebody did to them is named."""

from datetime import date

import pytest
from django.apps import apps

from dijkwacht.apps.ensia.marks import TABLES
from dijkwacht.apps.ensia.models import Answerer, Consent, HandIn, Notice, NoticeKind, Term, Year
from dijkwacht.apps.ensia.queries.verify import verify_ensia
from dijkwacht.apps.ensia.services import consenting, handing, years
from dijkwacht.apps.ensia.services.reminding import remind
from dijkwacht.apps.ledger.services.asking import ask_many
from dijkwacht.apps.trail.held import Fault
from dijkwacht.apps.trail.held_marks import Uncovered
from dijkwacht.commands.verifying import TABLES as WORDS
from dijkwacht.commands.verifying import verify
from tests.ensia.conftest import TODAY, moment
from tests.tampering import gone_and_put_there, unseen


@pytest.fixture
def busy(organisation, year, keeper, ciso, colleague):
    """At least one row in every table, most of them changed by a second act."""
    act = {"person": keeper, "on": TODAY, "at": moment(TODAY)}
    lead = handing.hand_out(year, line="BAG", to=ciso, lead=True, **act)
    handing.hand_out(year, line="BAG", to=colleague, lead=True, note="please", **act)
    handing.hand_out(year, line="WSJG", to=colleague, **act)
    handing.take_back(Answerer.objects.get(line="WSJG"), **act)
    years.coordinate(year, coordinator=ciso, **act)
    term = Term.objects.filter(year=year, remind_at__isnull=False).order_by("remind_at").last()
    remind(on=term.remind_at, at=moment(term.remind_at))
    years.hand_in(year, line="WSJG", note="sent", **act)
    years.take_back_hand_in(year, line="WSJG", **act)
    years.hand_in(year, line="WSJG", note="sent again", **act)
    consenting.join(organisation, **act)
    consenting.leave(organisation, **act)
    consenting.join(organisation, **act)
    assert lead.answerer.pk
    return year


def test_what_the_verbs_leave_is_what_the_trail_says(organisation, busy, keeper) -> None:
    assert Notice.objects.filter(kind=NoticeKind.REMINDER).exists()
    assert (verify_ensia(organisation).faulty, verify_ensia(organisation).uncovered) == ([], [])
    years.close_year(busy, person=keeper, on=TODAY, at=moment(TODAY), reason="over")
    assert verify_ensia(organisation).faulty == []


def test_every_table_of_the_room_is_told_of() -> None:
    assert {each.model for each in TABLES} == set(apps.get_app_config("ensia").get_models())
    assert {each.name for each in TABLES} <= set(WORDS)


def test_every_column_of_every_table(organisation, other_organisation, busy) -> None:
    Year.objects.create(organisation=other_organisation, year=2026, opened_on=TODAY)
    assert unseen(organisation, TABLES, verify_ensia) == []


@pytest.mark.parametrize("model", [HandIn, Consent])
def test_a_row_that_is_gone_and_one_that_nobody_made(organisation, busy, model) -> None:
    name = next(each.name for each in TABLES if each.model is model)
    gone_and_put_there(organisation, model.objects.last(), name, verify_ensia)


def test_a_hand_in_that_was_taken_back_and_is_there_again(organisation, busy, keeper) -> None:
    """Not one from before: an entry tells that it was taken away."""
    row = HandIn.objects.get()
    years.take_back_hand_in(busy, line="WSJG", person=keeper, on=TODAY, at=moment(TODAY))
    row.save(force_insert=True)
    (found,) = verify_ensia(organisation).faulty
    assert (found.table, found.row, found.fault) == ("hand_in", str(row.pk), Fault.UNTOLD)
    assert found.act is not None


def test_that_a_mail_went_out_is_no_act(organisation, busy) -> None:
    Notice.objects.update(sent_at=moment(TODAY), claimed_at=moment(TODAY), trouble="none")
    assert verify_ensia(organisation).faulty == []


def test_the_command_names_table_row_and_what_differs(organisation, busy) -> None:
    HandIn.objects.update(on=date(2026, 10, 1))
    found = verify(organisation, on=TODAY, at=moment(TODAY))
    assert not found.well
    pk = HandIn.objects.get().pk
    assert any(f"hand-in {pk} is not what the trail says (altered: on)" in line for line in found.lines)


def test_rows_from_before_are_counted(organisation, busy, keeper, colleague) -> None:
    act = {"person": keeper, "on": TODAY, "at": moment(TODAY)}
    ask_many(organisation, of=colleague, requirements=["bio2:5.24.01"], about="ensia:2026:BGT", **act)  # as it was
    Answerer.objects.create(year=busy, line="BGT", person=colleague, since=TODAY)
    held = verify_ensia(organisation)
    assert (held.faulty, held.uncovered) == ([], [Uncovered("answerer", 1)])
