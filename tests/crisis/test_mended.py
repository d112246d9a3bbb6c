"""What a hostile review found in this room, and no longer happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dijkwacht.apps.crisis.forms.fields import moment
from dijkwacht.apps.crisis.models import Crisis, Plan
from dijkwacht.apps.crisis.services import contacts, logging, planning, weighing
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.people.models import Organisation
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
LESSON = [logging.Wanted("Lijst op papier", "OOV", TODAY)]
CARD = dict.fromkeys(("happens", "residents", "decides", "unknown", "speaks"), "Tekst")


def test_nothing_is_written_in_a_crisis_that_was_closed(crisis: Crisis, does: dict[str, Any]) -> None:
    logging.close_crisis(crisis, evaluation="Klaar", lessons=LESSON, **does)
    told: Any = {"options": [], "asked": "", "advice": "", "next_what": "", **CARD}
    for deed in (
        lambda: weighing.weigh_crisis(crisis, answers={}, conclusion="x", **does),
        lambda: weighing.inform(crisis, item="sign_language", state="done", **does),
        lambda: weighing.write_card(crisis, **told, **does),
    ):
        with pytest.raises(Refused, match="closed"):
            deed()
    assert not crisis.cards.exists()


def test_it_does_not_end_before_it_began(crisis: Crisis, does: dict[str, Any]) -> None:
    early = {**does, "at": crisis.opened_at - timedelta(days=1)}
    with pytest.raises(Refused, match="too_early"):
        logging.close_crisis(crisis, evaluation="Klaar", lessons=LESSON, **early)
    assert Crisis.objects.get(pk=crisis.pk).closed_at is None


@pytest.mark.parametrize("year", ["0001", "1999", "2100", "9999"])
def test_a_year_that_is_a_slip_is_told_in_the_form(year: str) -> None:
    with pytest.raises(ValidationError):
        moment("Wanneer").clean(f"{year}-01-01T00:30")
    assert moment("Wanneer").clean("2026-01-01T00:30") is not None


def test_the_page_tells_a_closed_crisis(crisis: Crisis, does: dict[str, Any], people: Any) -> None:
    logging.close_crisis(crisis, evaluation="Klaar", lessons=LESSON, **does)
    url = reverse("crisis:weigh", args=[crisis.organisation.slug, crisis.pk])
    assert people.browser("safety_adviser").post(url, {"conclusion": "x"}).status_code in (200, 302)
    assert not crisis.weighings.exists()
    assert crisis.opened_at <= NOW


def test_what_was_adopted_earlier_holds_from_that_day(draft: Plan, does: dict[str, Any]) -> None:
    earlier = TODAY - timedelta(days=30)
    planning.adopt_plan(draft, office="college", day=earlier, review_on=TODAY + timedelta(days=365), **does)
    fact = Fact.objects.get(organisation=draft.organisation, fact_type=planning.ADOPTED, superseded_at__isnull=True)
    assert fact.valid_from == earlier


def test_one_line_per_function_whatever_is_typed(organisation: Organisation, does: dict[str, Any]) -> None:
    row = contacts.add_contact(
        organisation, function="Piket\r\nBurgemeester: 06 00000000", circle="own", phone="0999\n1", **does
    )
    assert (row.function, row.phone) == ("Piket Burgemeester: 06 00000000", "0999 1")
