"""The verbs of people: each does its work, writes one entry, refuses what cannot be, and leaves nothing half."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from dijkwacht.apps.people import queries, services
from dijkwacht.apps.people.models import Organisation, Person, Role, Share
from dijkwacht.apps.people.services import Refused
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.queries import verify

DAY = date(2026, 11, 25)


def last_act(organisation):
    return Entry.objects.filter(organisation=organisation).order_by("-seq").first()


def grant(organisation, person, at, **fields):
    return services.grant_role(
        organisation, person=person, **{"role": "ciso", "valid_from": DAY, "at": at, "actor": "test", **fields}
    )


def share(owner, recipient, at, **fields):
    wanted = {"kind": "fact", "what": "dijkstad|backup.*", "tlp": "AMBER", "valid_from": DAY, "actor": "test", **fields}
    return services.share(owner, recipient=recipient, at=at, **wanted)


def test_a_new_organisation_starts_its_trail(db, at):
    organisation = services.create_organisation(
        slug="gr-oost", name="GR Oost", kind="joint_arrangement", at=at, actor="setup", province="Utrecht"
    )
    entry = last_act(organisation)
    assert (entry.seq, entry.act, entry.actor, entry.detail) == (
        1, "people.organisation_created", "setup", {"kind": "joint_arrangement"},
    )  # fmt: skip


def test_an_organisation_of_an_unknown_kind_is_refused(db, at):
    with pytest.raises(ValidationError, match="kind"):
        services.create_organisation(slug="x", name="X", kind="kingdom", at=at, actor="setup")
    assert not Organisation.objects.exists()


def test_a_new_person_gets_an_account_without_password_and_a_role(organisation, make_person, at):
    by = make_person("administrator")
    role = services.add_person(
        organisation, email=" Jo.Vis@Voorbeeld.TEST ", name="Jo Vis", role="process_owner", valid_from=DAY, at=at, by=by
    )
    assert (role.person.email, role.person.name, role.granted_by) == ("jo.vis@voorbeeld.test", "Jo Vis", by)
    assert not role.person.has_usable_password()
    assert EmailAddress.objects.get(user=role.person).verified
    entry = last_act(organisation)
    assert (entry.act, entry.person, entry.about) == ("people.person_added", by, f"person:{role.person.pk}")
    told = {"role": "process_owner", "function": "", "valid_from": "2026-11-25", "valid_to": None}
    assert entry.detail == {"id": str(role.pk), **told}


def test_names_and_addresses_are_not_in_the_chain(organisation, at):
    services.add_person(
        organisation, email="jo@voorbeeld.test", name="Jo Vis", role="ciso", valid_from=DAY, at=at, actor="x"
    )
    written = str(Entry.objects.values())
    assert "Jo" not in written
    assert "voorbeeld" not in written


def test_someone_who_has_an_account_elsewhere_keeps_name_and_password(
    organisation, other_organisation, make_person, at
):
    known = make_person("ciso", at_organisation=other_organisation, name="Bo Smit", password="lang genoeg wachtwoord")
    role = services.add_person(
        organisation, email=known.email.upper(), name="Iemand Anders", role="auditor", valid_from=DAY, at=at, actor="x"
    )
    known.refresh_from_db()
    assert role.person == known
    assert known.name == "Bo Smit"
    assert known.has_usable_password()


def test_adding_with_a_wrong_role_leaves_no_account(organisation, at):
    with pytest.raises(ValidationError, match="role"):
        services.add_person(
            organisation, email="jo@voorbeeld.test", name="Jo", role="king", valid_from=DAY, at=at, actor="x"
        )
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ((DAY, None), (DAY + timedelta(9), None), True),
        ((DAY, DAY + timedelta(5)), (DAY + timedelta(4), None), True),
        ((DAY, DAY + timedelta(5)), (DAY + timedelta(5), None), False),
        ((DAY + timedelta(5), None), (DAY, DAY + timedelta(5)), False),
        ((DAY + timedelta(5), None), (DAY, None), True),
    ],
)
def test_the_same_role_is_not_held_twice_on_one_day(organisation, make_person, at, first, second, refused):
    person = make_person()
    grant(organisation, person, at, valid_from=first[0], valid_to=first[1])
    if refused:
        with pytest.raises(Refused, match=person.name):
            grant(organisation, person, at, valid_from=second[0], valid_to=second[1])
    else:
        grant(organisation, person, at, valid_from=second[0], valid_to=second[1])
    assert Role.objects.count() == 2 - refused
    assert Entry.objects.count() == 2 - refused


def test_another_function_is_another_role(organisation, make_person, at):
    person = make_person()
    grant(organisation, person, at, role="process_owner", function="hr")
    grant(organisation, person, at, role="process_owner", function="facility")
    assert Role.objects.count() == 2


def test_a_period_that_ends_before_it_begins_is_refused(organisation, make_person, at):
    with pytest.raises(ValidationError, match="role_period"):
        grant(organisation, make_person(), at, valid_to=DAY - timedelta(1))


def test_a_role_ends_on_a_day_and_is_held_until_then(organisation, make_person, at):
    person = make_person("ciso")
    role = services.end_role(person.roles.get(), on=DAY, at=at, actor="x")
    assert queries.roles_on(person, organisation, DAY - timedelta(1)).exists()
    assert not queries.roles_on(person, organisation, DAY).exists()
    told = {"id": str(role.pk), "role": "ciso", "function": "", "valid_to": "2026-11-25"}
    assert last_act(organisation).detail == told
    with pytest.raises(Refused, match="ended"):
        services.end_role(role, on=DAY, at=at, actor="x")
    services.end_role(role, on=DAY - timedelta(9), at=at, actor="x")  # sooner can always
    assert not queries.roles_on(person, organisation, DAY - timedelta(1)).exists()


def test_a_role_does_not_end_before_it_began(organisation, make_person, at):
    role = grant(organisation, make_person(), at, valid_from=DAY)
    with pytest.raises(Refused, match="starts after"):
        services.end_role(role, on=DAY - timedelta(1), at=at, actor="x")
    services.end_role(role, on=DAY, at=at, actor="x")
    assert not queries.roles_on(role.person, organisation, DAY).exists()


def test_the_last_administrator_stays(organisation, other_organisation, make_person, at):
    role = make_person("administrator").roles.get()
    make_person("administrator", at_organisation=other_organisation)
    temporary = make_person()
    grant(organisation, temporary, at, role="administrator", valid_to=DAY + timedelta(30))
    with pytest.raises(Refused, match="Nobody"):
        services.end_role(role, on=DAY, at=at, actor="x")
    second = make_person("administrator")
    services.end_role(role, on=DAY, at=at, actor="x")
    with pytest.raises(Refused, match="Nobody"):
        services.end_role(second.roles.get(), on=DAY, at=at, actor="x")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_both_leave_at_once(organisation, make_person, at):
    roles = [make_person("administrator").roles.get() for _ in range(2)]
    start, outcomes = Barrier(2), []

    def leave(role):
        try:
            start.wait()
            services.end_role(role, on=DAY, at=at, actor="x")
            outcomes.append("left")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=leave, args=[role]) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "refused"]


def test_sharing_and_revoking(organisation, other_organisation, make_person, at):
    by = make_person("ciso")
    given = share(organisation, other_organisation, at, by=by, actor="")
    assert list(queries.shares_to(other_organisation, on=DAY)) == [given]
    assert not queries.shares_to(organisation, on=DAY).exists()
    entry = last_act(organisation)
    assert (entry.act, entry.about, entry.detail["what"]) == (
        "people.shared",
        "organisation:polderveen",
        "dijkstad|backup.*",
    )
    services.revoke_share(given, at=at + timedelta(days=1), by=by)
    assert not queries.shares_to(other_organisation, on=DAY + timedelta(1)).exists()
    assert last_act(organisation).act == "people.share_revoked"
    with pytest.raises(Refused, match="already revoked"):
        services.revoke_share(given, at=at, by=by)
    assert not Entry.objects.filter(organisation=other_organisation).exists()


def test_what_was_shared_then_can_be_told_but_is_not_seen_any_more(organisation, other_organisation, at):
    given = share(organisation, other_organisation, at, valid_from=DAY - timedelta(30))
    services.revoke_share(given, at=at + timedelta(days=10), actor="x")
    day_before_gift = DAY - timedelta(1)
    assert not queries.shares_to(other_organisation, on=day_before_gift).exists()
    assert queries.shares_to(other_organisation, on=day_before_gift, known_at=DAY).exists()
    assert queries.shares_to(other_organisation, on=DAY, known_at=DAY + timedelta(9)).exists()
    assert not queries.shares_to(other_organisation, on=DAY, known_at=DAY + timedelta(10)).exists()


def test_a_share_counts_within_its_period_only(organisation, other_organisation, at):
    share(organisation, other_organisation, at, valid_from=DAY, valid_to=DAY + timedelta(2))
    held = [
        queries.shares_to(other_organisation, on=DAY + timedelta(days), known_at=DAY).exists() for days in (-1, 0, 1, 2)
    ]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    "fields", [{"tlp": "PURPLE"}, {"kind": "secret"}, {"valid_to": DAY}, {"valid_to": DAY - timedelta(1)}]
)
def test_a_share_that_makes_no_sense_is_refused(organisation, other_organisation, at, fields):
    with pytest.raises(ValidationError):
        share(organisation, other_organisation, at, **fields)
    assert not Share.objects.exists()
    assert not Entry.objects.exists()


def test_sharing_with_oneself_or_twice_is_refused(organisation, other_organisation, at):
    with pytest.raises(Refused, match="own organisation"):
        share(organisation, organisation, at)
    given = share(organisation, other_organisation, at)
    with pytest.raises(Refused, match="already shared"):
        share(organisation, other_organisation, at, valid_from=DAY + timedelta(3))
    services.revoke_share(given, at=at, actor="x")
    share(organisation, other_organisation, at)


def test_the_database_itself_refuses_a_share_with_oneself(organisation, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(
            owner=organisation, recipient=organisation, kind="fact", what="*|*", valid_from=DAY, granted_at=at
        )


def test_all_acts_together_make_a_chain_that_holds(organisation, other_organisation, make_person, at):
    role = grant(organisation, make_person(), at)
    share(organisation, other_organisation, at)
    services.end_role(role, on=DAY, at=at, actor="x")
    assert verify(organisation) is None


def test_an_address_is_one_account_whatever_its_case(make_person):
    make_person(email="jo@voorbeeld.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="JO@voorbeeld.test", name="Jo")
    assert Person.objects.get_by_natural_key("JO@VOORBEELD.TEST").email == "jo@voorbeeld.test"


def test_a_person_needs_an_address(db):
    with pytest.raises(ValueError, match="address"):
        Person.objects.create_user("")


def test_nobody_gives_himself_a_role(organisation, make_person, at):
    keeper = make_person("administrator")
    with pytest.raises(Refused):
        grant(organisation, keeper, at, by=keeper)
    with pytest.raises(Refused):
        services.add_person(
            organisation, email=keeper.email.upper(), name="x", role="college", valid_from=DAY, at=at, by=keeper
        )
    assert [role.role for role in Role.objects.filter(person=keeper)] == ["administrator"]
    assert grant(organisation, make_person("respondent"), at, by=keeper).role == "ciso"
