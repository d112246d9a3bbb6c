"""Mails to who is asked to review along: once, to who can judge, without a word of what it is about."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from dijkwacht.apps.people.models import Role
from dijkwacht.apps.suppliers.models import Invitation, Party
from dijkwacht.apps.suppliers.queries.review_people import barred
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import review_mails, reviewing
from tests.house_people import NOW, TODAY
from tests.suppliers.review_house import *  # noqa: F403  # fixtures
from tests.suppliers.review_house import DAY, World


@pytest.fixture
def third(make_organisation: Any, make_person: Any) -> Any:
    """Zandstad, with somebody who does this work, somebody who does not, and somebody who left."""
    found = make_organisation("zandstad", name="Zandstad")
    for role, name in (("supplier_manager", "Zoë"), ("auditor", "Ab")):
        make_person(role, at_organisation=found, name=name, language="en")
    gone = make_person("ciso", at_organisation=found, name="Weg", language="en")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    return found


def test_who_is_invited_gets_one_mail_and_a_link_and_nothing_secret(world: World, third: Any, client_for: Any) -> None:
    mail.outbox.clear()
    page = client_for(world.manager).post(
        reverse("suppliers:review_invite", args=["dijkstad", world.review.pk]),
        {"organisation": "Zandstad"},
        follow=True,
    )
    assert "Its people who do this work get a mail." in page.content.decode()
    (sent,) = mail.outbox
    zoe = Invitation.objects.get(party__organisation=third).person
    assert sent.to == [zoe.email]
    path = reverse("suppliers:review", args=["zandstad", world.review.pk])
    assert path in sent.body
    assert client_for(zoe).get(path).status_code == 200
    for secret in (world.review.title, world.review.service, str(world.portal), world.review.scope):
        assert secret not in sent.body + sent.subject
    assert review_mails.send_waiting(at=NOW) == 1  # to Polderveen, whose invitation was cut off
    assert [each.to for each in mail.outbox[1:]] == [[world.along.email]]
    assert review_mails.send_waiting(at=NOW) == 0
    assert verify_suppliers(world.home).faulty == []


def test_who_no_longer_takes_part_is_not_asked(world: World) -> None:
    mail.outbox.clear()
    reviewing.end_party(Party.objects.get(review=world.review, organisation=world.other), **world.by())
    assert review_mails.send_waiting(at=NOW) == 0
    assert not mail.outbox


def test_nobody_of_the_supplier_is_asked(world: World, third: Any, make_person: Any) -> None:
    both = make_person("ciso", at_organisation=third, name="Twee petten")
    Role.objects.create(person=both, organisation=world.portal, role="ciso", valid_from=TODAY - DAY)
    made = reviewing.invite_reviewer(world.review, organisation=third, **world.by())
    assert both not in {each.person for each in made.invitations.all()}


def test_what_cannot_be_sent_keeps_its_trouble(world: World, monkeypatch: Any) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OSError("no road")

    monkeypatch.setattr(review_mails, "post", fails)
    assert review_mails.send_waiting(at=NOW) == 0
    assert Invitation.objects.get().trouble == "no road"


def test_who_is_shut_out_by_a_role_at_the_supplier_is_told_to_who_keeps_the_review(
    world: World, client_for: Any
) -> None:
    assert barred(world.review, on=TODAY) == []
    Role.objects.create(person=world.along, organisation=world.portal, role="auditor", valid_from=TODAY - DAY)
    assert barred(world.review, on=TODAY) == [("Bo van Polderveen", TODAY - DAY)]
    page = client_for(world.manager).get(reverse("suppliers:review_divide", args=["dijkstad", world.review.pk]))
    assert "Bo van Polderveen does not judge: has a role at Rekenwolk B.V. since" in page.content.decode()
    Role.objects.filter(person=world.along, organisation=world.portal).delete()
    world.answer(world.questions[0], "2026-06-01").__class__.objects.update(person=world.along)
    assert barred(world.review, on=TODAY) == [("Bo van Polderveen", None)]
