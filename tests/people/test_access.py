"""The first line of every view: stranger 404, member without the right 403, guest sees only what was shared."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from dijkwacht.apps.people.access import organisation_or_404, person_of
from dijkwacht.apps.people.models import Role, Share
from dijkwacht.core.access import Right
from dijkwacht.web import clock

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)


@pytest.fixture
def asks():
    def ask(person, slug="dijkstad", right=Right.SEE):
        request = RequestFactory().get("/")
        request.user = person
        return organisation_or_404(request, slug, right)

    return ask


@pytest.fixture
def supervisor(make_person, make_organisation):
    return make_person("supervisor", at_organisation=make_organisation("toezicht", kind="supervisor"))


@pytest.fixture
def given(organisation, supervisor, at):
    return Share.objects.create(
        owner=organisation, recipient=supervisor.roles.get().organisation, kind="account", what="ensia",
        valid_from=TODAY, valid_to=TODAY + timedelta(10), granted_at=at,
    )  # fmt: skip


def test_a_member_gets_a_seat(asks, make_person, organisation):
    person = make_person("process_owner", function="hr")
    seat = asks(person)
    assert (seat.organisation, seat.person, seat.roles, seat.functions) == (
        organisation,
        person,
        ("process_owner",),
        ("hr",),
    )
    assert seat.may(Right.ANSWER)
    assert not seat.may(Right.SHARE)
    assert not seat.guest


def test_the_seat_is_kept_for_the_header(make_person):
    request = RequestFactory().get("/")
    request.user = make_person("ciso")
    assert organisation_or_404(request, "dijkstad", Right.SEE) is request.seat


def test_one_query_for_a_member(asks, make_person, django_assert_num_queries):
    person = make_person("ciso")
    with django_assert_num_queries(1):
        asks(person)


def test_roles_add_up(asks, make_person, organisation):
    person = make_person("respondent")
    Role.objects.create(person=person, organisation=organisation, role="college", valid_from=TODAY)
    assert {Right.SIGN, Right.ANSWER_ASSIGNED} <= asks(person).rights


@pytest.mark.parametrize("right", Right)
def test_a_stranger_finds_nothing_whatever_he_asks(asks, make_person, other_organisation, right):
    stranger = make_person("ciso", at_organisation=other_organisation)
    with pytest.raises(Http404):
        asks(stranger, right=right)


@pytest.mark.parametrize("slug", ["", "nergens", "Dijkstad", "dijkstad/../polderveen", "x" * 500])
def test_an_organisation_that_is_not_there(asks, make_person, slug):
    with pytest.raises(Http404):
        asks(make_person("ciso"), slug=slug)


def test_a_member_without_the_right_is_refused(asks, make_person):
    with pytest.raises(PermissionDenied):
        asks(make_person("respondent"), right=Right.SEE)


@pytest.mark.parametrize(("begin", "end"), [(1, None), (-10, 0)])
def test_a_role_before_its_first_day_or_after_its_last_is_no_role(asks, make_person, organisation, begin, end):
    person = make_person()
    Role.objects.create(
        person=person,
        organisation=organisation,
        role="ciso",
        valid_from=TODAY + timedelta(begin),
        valid_to=None if end is None else TODAY + timedelta(end),
    )
    with pytest.raises(Http404):
        asks(person)


def test_a_superuser_has_no_seat_by_that(asks, make_person):
    with pytest.raises(Http404):
        asks(make_person(is_superuser=True))


def test_nobody_is_not_a_person():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        person_of(request)


def test_a_guest_sees_what_was_shared(asks, supervisor, given, organisation):
    seat = asks(supervisor, right=Right.SEE_SHARED)
    assert (seat.organisation, seat.shared, seat.roles) == (organisation, (given,), ())
    assert seat.guest
    assert seat.rights == {Right.SEE_SHARED}


@pytest.mark.parametrize("right", sorted(set(Right) - {Right.SEE_SHARED}))
def test_a_guest_who_asks_for_more_is_a_stranger(asks, supervisor, given, right):
    with pytest.raises(Http404):
        asks(supervisor, right=right)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_from": TODAY + timedelta(1)},
        {"valid_from": TODAY - timedelta(9), "valid_to": TODAY},
        {"revoked_at": "2026-11-25T08:00:00Z"},
    ],
)
def test_outside_the_period_or_once_revoked_a_guest_is_a_stranger(asks, supervisor, given, change):
    Share.objects.filter(pk=given.pk).update(**change)
    with pytest.raises(Http404):
        asks(supervisor, right=Right.SEE_SHARED)


def test_a_colleague_of_the_guest_without_the_role_for_it_is_a_stranger(asks, make_person, given):
    respondent = make_person("respondent", at_organisation=given.recipient)
    with pytest.raises(Http404):
        asks(respondent, right=Right.SEE_SHARED)


def test_sharing_works_one_way_only(asks, make_person, given):
    with pytest.raises(Http404):
        asks(make_person("ciso"), slug="toezicht", right=Right.SEE_SHARED)


def test_a_member_also_sees_what_is_shared_of_his_own(asks, make_person):
    assert not asks(make_person("ciso"), right=Right.SEE_SHARED).guest
