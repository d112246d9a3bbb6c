"""Marks of rows: what stays as it is, what becomes a digest, and what cannot be read."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.trail.marks import UNREADABLE, mark, marks, read, table
from dijkwacht.core import chain

ROLES = table("role", Role, keys={"person": "person__email"})


@pytest.mark.parametrize("value", [None, True, False, 0, 12, 1.5, ""])
def test_what_stays_as_it_is(value):
    assert mark(value) is value or mark(value) == value


def test_days_and_moments_are_told_as_the_trail_tells_them():
    assert mark(date(2026, 11, 25)) == "2026-11-25"
    assert mark(datetime(2026, 11, 25, 9, 30, tzinfo=UTC)) == "2026-11-25T09:30:00.000000Z"


def test_anything_else_is_a_digest_of_its_canonical_form():
    assert mark("tekst") == sha256(chain.canonical({"value": "tekst"})).hexdigest()
    assert mark({"b": 1, "a": [2.0]}) == mark({"a": (2,), "b": 1})
    assert mark("2026-11-25") != mark(date(2026, 11, 25))  # a day that somebody typed is text
    assert mark(b"x") == mark(memoryview(b"x")) == sha256(b"x").hexdigest()
    assert len({mark(each) for each in ([], {}, "[]", b"", "")}) == 5


@pytest.mark.parametrize("value", ["a\0b", float("nan"), object()])
def test_what_the_trail_cannot_hold(value):
    with pytest.raises(ValueError, match="the trail"):
        mark(value)


def test_every_column_but_number_and_organisation(make_person, organisation):
    person = make_person("ciso", email="anna@dijkstad.example")
    role = Role.objects.get(person=person)
    found = marks([ROLES], [role])
    assert set(found) == {"role"}
    columns = found["role"][str(role.pk)]
    assert set(columns) == {each.name for each in Role._meta.concrete_fields} - {"id", "organisation"}
    assert columns["person"] == mark("anna@dijkstad.example")
    assert columns["valid_from"] == "2020-01-01"


def test_a_row_that_is_gone_and_a_table_that_is_not_listed(make_person):
    person = make_person("ciso")
    role = Role.objects.get(person=person)
    number = role.pk
    Role.objects.all().delete()
    role.pk = number
    assert marks([ROLES], [role]) == {"role": {str(number): None}}
    with pytest.raises(KeyError):
        marks([ROLES], [person])


def test_a_part_that_cannot_be_read_does_not_hide_the_rest(make_person):
    def broken(_rows):
        raise ValueError("no")

    make_person("ciso")
    ((_, found),) = read(table("role", Role, parts={"odd": broken}), Role.objects.all())
    assert found["odd"] == UNREADABLE
    assert found["role"] == mark("ciso")
    assert Organisation.objects.exists()
