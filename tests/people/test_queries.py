"""What is read of people: within periods, and never of another organisation."""

from datetime import date, timedelta

import pytest

from dijkwacht.apps.people import queries
from dijkwacht.apps.people.models import Role

DAY = date(2026, 11, 25)


@pytest.fixture
def visitor(make_person, organisation):
    """Someone with a role for ten days."""
    person = make_person()
    Role.objects.create(
        person=person, organisation=organisation, role="auditor", valid_from=DAY, valid_to=DAY + timedelta(10)
    )
    return person


@pytest.mark.parametrize(("days", "held"), [(-1, False), (0, True), (9, True), (10, False)])
def test_a_role_is_held_from_its_first_day_to_the_day_before_its_end(visitor, organisation, days, held):
    day = DAY + timedelta(days)
    assert queries.roles_on(visitor, organisation, day).exists() is held
    assert bool(queries.roles_at(visitor, organisation.slug, day)) is held
    assert queries.organisations_of(visitor, on=day).exists() is held
    assert queries.persons_in(organisation, on=day).exists() is held
    assert visitor.roles.get().held(day) is held


def test_members_that_hold_a_role_now_come_first(visitor, make_person, organisation, other_organisation):
    ciso = make_person("ciso", name="Zus")
    make_person("ciso", at_organisation=other_organisation)
    found = queries.members(organisation, on=DAY + timedelta(20))
    assert [(member.person, len(member.held), len(member.other)) for member in found] == [(ciso, 1, 0), (visitor, 0, 1)]


def test_someone_whose_account_is_closed_cannot_be_asked(make_person, organisation):
    make_person("ciso", is_active=False)
    assert not queries.persons_in(organisation, on=DAY).exists()


def test_names_by_number(make_person):
    person = make_person(name="Jo Vis")
    assert queries.names_of([person.pk, 0]) == {person.pk: "Jo Vis"}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("dijkstad", "dijkstad"),
        ("DijkSTAD", "dijkstad"),
        ("GR Oost", "gr-oost"),
        ("Twee", None),
        ("twee", "twee"),
        ("x", None),
    ],
)
def test_an_organisation_by_its_name_or_slug(organisation, make_organisation, text, slug):
    make_organisation("gr-oost", name="GR Oost")
    make_organisation("twee", name="Twee")
    make_organisation("twee-b", name="Twee")
    found = queries.organisation_named(text)
    assert (found and found.slug) == slug


def test_texts_of_rows(visitor, organisation):
    assert str(organisation) == "Dijkstad"
    assert str(visitor.roles.get()) == f"{visitor.name} · auditor · Dijkstad"
