"""The plan: from template to adopted, and never changed after that; and whom to reach."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dijkwacht.apps.crisis.models import Contact, Plan
from dijkwacht.apps.crisis.queries.plan import plan_standing, stale_contacts
from dijkwacht.apps.crisis.queries.verify import verify_crisis
from dijkwacht.apps.crisis.services import contacts, planning
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.crisis.services.papers import contacts_file
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.days import add
from dijkwacht.norms.crisis import crisis_pack
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def _adopt(plan: Plan, does: dict[str, Any], **more: Any) -> Plan:
    told: dict[str, Any] = {"office": "college", "day": TODAY, "review_on": TODAY + YEAR, **more}
    return planning.adopt_plan(plan, **told, **does)


def test_a_draft_has_a_card_for_every_role(draft: Plan) -> None:
    assert [each.role for each in draft.cards.all()] == list(crisis_pack().plan.roles)
    assert all(each.first_minutes and each.call for each in draft.cards.all())
    assert draft.steps.count() == len(crisis_pack().plan.steps)


def test_one_draft_at_a_time(organisation: Organisation, draft: Plan, does: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="draft_there"):
        planning.draft_plan(organisation, **does)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(organisation=organisation, number=9, made_on=TODAY)


def test_adopting_tells_the_ledger(organisation: Organisation, draft: Plan, does: dict[str, Any]) -> None:
    _adopt(draft, does)
    fact = Fact.objects.get(organisation=organisation, fact_type=planning.ADOPTED, superseded_at__isnull=True)
    assert fact.value is True
    assert plan_standing(organisation, on=TODAY).state == "stands"
    assert plan_standing(organisation, on=TODAY + YEAR + timedelta(days=1)).state == "overdue"


def test_what_was_adopted_does_not_change(draft: Plan, does: dict[str, Any]) -> None:
    card = draft.cards.first()
    assert card is not None
    _adopt(draft, does)
    with pytest.raises(Refused, match="adopted"):
        planning.change_card(card, seen=planning.card_token(card), title="Other", **does)
    with pytest.raises(Refused, match="adopted"):
        _adopt(draft, does)


def test_a_card_without_first_steps_is_not_adopted(draft: Plan, does: dict[str, Any]) -> None:
    card = draft.cards.get(role="ciso")
    planning.change_card(card, seen=planning.card_token(card), title=card.title, first_minutes="", **does)
    with pytest.raises(Refused) as refused:
        _adopt(draft, does)
    assert refused.value.code == "unfinished"
    assert card.title in refused.value.params["cards"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"day": TODAY + timedelta(days=1)}, "future"),
        ({"review_on": TODAY}, "review"),
        ({"office": "nobody"}, "office"),
    ],
)
def test_what_cannot_be_adopted(draft: Plan, does: dict[str, Any], more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        _adopt(draft, does, **more)


def test_two_people_on_one_card(draft: Plan, does: dict[str, Any]) -> None:
    card = draft.cards.first()
    assert card is not None
    seen = planning.card_token(card)
    planning.change_card(card, seen=seen, title="First", **does)
    with pytest.raises(Refused, match="gone"):
        planning.change_card(card, seen=seen, title="Second", **does)
    card.refresh_from_db()
    assert card.title == "First"


def test_a_new_version_begins_with_the_last(organisation: Organisation, draft: Plan, does: dict[str, Any]) -> None:
    process = register_subject(organisation, kind="process", name="Benefits", key="benefits", on=TODAY, **does)
    planning.put_fallback(draft, subject=process, way="On paper", **does)
    _adopt(draft, does)
    again = planning.draft_plan(organisation, **does)
    assert (again.number, again.cards.count(), again.fallbacks.get().way) == (2, draft.cards.count(), "On paper")
    planning.drop_draft(again, **does)
    assert list(Plan.objects.values_list("number", flat=True)) == [1]
    held = verify_crisis(organisation)
    assert not held.faulty
    assert not held.uncovered


def test_only_a_process_has_another_way(organisation: Organisation, draft: Plan, does: dict[str, Any]) -> None:
    system = register_subject(organisation, kind="system", name="Mail", key="mail", on=TODAY, **does)
    with pytest.raises(Refused, match="process"):
        planning.put_fallback(draft, subject=system, way="On paper", **does)


def test_a_number_is_trusted_for_a_while(organisation: Organisation, contact: Contact, does: dict[str, Any]) -> None:
    assert stale_contacts(organisation, on=TODAY) == (1, 1)
    contacts.check_contact(contact, **does)
    last = add(TODAY, crisis_pack().plan.checked)
    assert stale_contacts(organisation, on=last) == (0, 1)
    assert stale_contacts(organisation, on=last + timedelta(days=1)) == (1, 1)


def test_another_number_was_not_tried(contact: Contact, does: dict[str, Any]) -> None:
    contacts.check_contact(contact, **does)
    told = {"circle": "own", "function": "Duty officer", "rank": 50}
    assert contacts.change_contact(contact, phone="088 555 0101", remark="At night", **told, **does).checked_on == TODAY
    assert contacts.change_contact(contact, phone="088 555 0999", **told, **does).checked_on is None


def test_somebody_who_cannot_be_reached_is_no_contact(organisation: Organisation, does: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="reach"):
        contacts.add_contact(organisation, circle="own", function="Mayor", **does)


def test_the_file_needs_nothing_from_outside(organisation: Organisation, does: dict[str, Any]) -> None:
    contacts.add_contact(organisation, circle="own", function="<b>Mayor</b>", phone="088 555 0101", **does)
    page = contacts_file(organisation, form="html", on=TODAY)
    assert "http" not in page
    assert "<script" not in page
    assert "src=" not in page
    assert "&lt;b&gt;Mayor" in page
    assert 'href="tel:0885550101"' in page
    text = contacts_file(organisation, form="txt", on=NOW.date())
    assert "088 555 0101" in text
    assert "never tried" in text
