"""Collective services: made from the pack or not, who sees them, who takes part, and that taking part settles nothing."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.suppliers.collective_words import pack_of
from dijkwacht.apps.suppliers.models import Collective, Covering, Membership
from dijkwacht.apps.suppliers.queries import collectives as queries
from dijkwacht.apps.suppliers.services import collective as services
from dijkwacht.apps.suppliers.services import collective_members as taking_part
from dijkwacht.apps.suppliers.services import collective_out
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY

TOLD = services.Told(
    "Bewaking samen", "monitoring", "Kijkt mee.", "Wachttoren Monitoring B.V.", ["municipality"], [], date(2026, 1, 1)
)


@pytest.fixture
def holder(make_organisation):
    return make_organisation("bond", kind="other", name="Bond van Gemeenten")


@pytest.fixture
def held(holder, make_person):
    return {"person": make_person("supplier_manager", at_organisation=holder, language="en"), "at": NOW}


@pytest.fixture
def service(holder, held) -> Collective:
    return services.make(holder, told=TOLD, pack=pack_of("ggi_veilig"), **held)


def refused(deed) -> str:
    with pytest.raises(Refused) as error:
        deed()
    return error.value.code


class TestMaking:
    def test_from_the_pack_it_takes_over_what_that_covers_and_what_stays(self, service) -> None:
        row = service.covers.get(requirement="bio2:8.16.03")
        assert (row.extent, bool(row.stays), service.pack) == ("part", True, "ggi_veilig")
        entry = Entry.objects.get(act="suppliers.collective_made")
        assert (entry.organisation.slug, entry.detail["covers"]) == ("bond", service.covers.count())

    def test_a_supplier_holds_none(self, make_organisation, does) -> None:
        company = make_organisation("bedrijf", kind="supplier")
        assert refused(lambda: services.make(company, told=TOLD, **does())) == "no_holder"

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"name": "  "}, "empty"), ({"name": "x" * 201}, "too_long"), ({"kind": "anders"}, "odd"),
            ({"open_to": ["supplier"]}, "odd"), ({"regions": [""]}, "odd"), ({"until": date(2026, 1, 1)}, "period"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_nothing_is_made(self, holder, held, told, code) -> None:
        wrong = replace(TOLD, **told)
        assert refused(lambda: services.make(holder, told=wrong, **held)) == code
        assert not Collective.objects.exists()

    def test_part_of_a_requirement_leaves_something(self, service, held) -> None:
        deed = {"requirement": "bio2:8.15.06", "extent": "part", **held}
        assert refused(lambda: services.cover(service, **deed)) == "stays"
        services.cover(service, stays="Kiezen wie toetst.", **deed)
        services.cover(service, **{**deed, "extent": "whole"})
        row = Covering.objects.get(collective=service, requirement="bio2:8.15.06")
        assert (row.extent, row.stays) == ("whole", "")

    @pytest.mark.parametrize("name", ["bio2:99.99", "digid:U/TV.01", "", "x"])
    def test_only_requirements_of_these_norms(self, service, held, name) -> None:
        assert refused(lambda: services.cover(service, requirement=name, extent="whole", **held)) == "no_requirement"

    def test_a_requirement_goes_once(self, service, held) -> None:
        row = service.covers.first()
        services.uncover(row, **held)
        assert refused(lambda: services.uncover(Covering(pk=row.pk or 1, collective=service), **held)) == "gone"


class TestTakingPart:
    def test_who_joins_says_so_itself_and_it_settles_nothing(self, service, organisation, does) -> None:
        row = taking_part.join(service, organisation=organisation, since=TODAY, **does())
        assert row.confirmed_at == NOW
        assert Entry.objects.get(act="suppliers.collective_joined").organisation == organisation
        assert not Fact.objects.exists()
        assert (
            refused(lambda: taking_part.join(service, organisation=organisation, since=TODAY, **does()))
            == "member_already"
        )

    def test_only_for_whom_it_is_open(self, service, make_organisation, does, held) -> None:
        region = make_organisation("samen", kind="joint_arrangement")
        assert refused(lambda: taking_part.join(service, organisation=region, since=TODAY, **does())) == "not_open"
        services.change(service, told=replace(TOLD, open_to=["joint_arrangement"], regions=["Zuid"]), **held)
        service.refresh_from_db()
        assert refused(lambda: taking_part.join(service, organisation=region, since=TODAY, **does())) == "not_open"
        region.safety_region = "Zuid"
        assert taking_part.join(service, organisation=region, since=TODAY, **does()).pk

    def test_not_before_it_began_and_not_once_it_ended(self, service, organisation, does, held) -> None:
        early = {"organisation": organisation, "since": date(2025, 1, 1), **does()}
        assert refused(lambda: taking_part.join(service, **early)) == "joined_outside"
        services.end(service, until=TODAY, **held)
        assert refused(lambda: services.end(service, until=TODAY + timedelta(days=3), **held)) == "gone"
        late = {"organisation": organisation, "since": TODAY, **does()}
        assert refused(lambda: taking_part.join(service, **late)) == "not_running"

    def test_who_left_can_come_back(self, service, organisation, does) -> None:
        row = taking_part.join(service, organisation=organisation, since=TODAY, **does())
        assert refused(lambda: taking_part.leave(row, on=TODAY, **does())) == "period"
        taking_part.leave(row, on=TODAY + timedelta(days=1), **does())
        assert refused(lambda: taking_part.leave(row, on=TODAY + timedelta(days=1), **does())) == "gone"
        assert taking_part.join(service, organisation=organisation, since=TODAY + timedelta(days=1), **does()).pk


class TestNoting:
    def test_what_the_holder_notes_stands_in_both_trails_and_waits_for_the_member(
        self, service, organisation, does, held
    ) -> None:
        (row,) = taking_part.note_members(service, organisations=[organisation], **held)
        assert taking_part.note_members(service, organisations=[organisation], **held) == []
        told = Entry.objects.get(act="suppliers.collective_noted")
        assert (told.organisation, told.actor, told.person) == (organisation, "Bond van Gemeenten", None)
        assert queries.counts([service], on=TODAY)[service.pk] == (0, 1)
        taking_part.confirm(row, **does())
        assert queries.counts([service], on=TODAY)[service.pk] == (1, 0)
        assert refused(lambda: taking_part.confirm(row, **does())) == "gone"

    def test_who_denies_is_not_noted_again_but_may_join(self, service, organisation, does, held) -> None:
        (row,) = taking_part.note_members(service, organisations=[organisation], **held)
        taking_part.deny(row, **does())
        assert queries.counts([service], on=TODAY)[service.pk] == (0, 0)
        assert refused(lambda: taking_part.note_members(service, organisations=[organisation], **held)) == "denied"
        assert organisation not in queries.could_join(service, on=TODAY)
        assert [each.organisation for each in queries.members_of(service, on=TODAY).denied] == [organisation]
        taking_part.join(service, organisation=organisation, since=TODAY, **does())
        assert not queries.members_of(service, on=TODAY).denied

    def test_one_that_cannot_take_part_and_nobody_is_noted(
        self, service, organisation, make_organisation, held
    ) -> None:
        company = make_organisation("bedrijf", kind="supplier")
        assert (
            refused(lambda: taking_part.note_members(service, organisations=[organisation, company], **held))
            == "not_open"
        )
        assert refused(lambda: taking_part.note_members(service, organisations=[], **held)) == "nobody"
        assert not Membership.objects.exists()

    def test_the_holder_ends_a_membership_and_both_can_read_it(self, service, organisation, does, held) -> None:
        row = taking_part.join(service, organisation=organisation, since=TODAY, **does())
        taking_part.end_member(row, on=TODAY + timedelta(days=1), **held)
        assert {each.organisation.slug for each in Entry.objects.filter(act__contains="ended")} == {"bond", "dijkstad"}
        assert not queries.memberships(organisation, on=TODAY + timedelta(days=1)).exists()


class TestLooking:
    def test_what_is_ours_what_could_be_and_what_we_hold(self, service, organisation, holder, does) -> None:
        assert [each.pk for each in queries.together(organisation, on=TODAY).could] == [service.pk]
        taking_part.join(service, organisation=organisation, since=TODAY, **does())
        found = queries.together(organisation, on=TODAY)
        assert ([each.collective for each in found.joined], found.could) == ([service], [])
        assert [(each.members, each.unconfirmed) for each in queries.together(holder, on=TODAY).held] == [(1, 0)]

    def test_it_is_not_there_for_whom_it_is_not_open(
        self, service, make_organisation, held, organisation, does
    ) -> None:
        other = make_organisation("regio", kind="joint_arrangement")
        assert queries.sight(other, service.pk, on=TODAY) is None
        assert queries.sight(organisation, service.pk + 1, on=TODAY) is None
        taking_part.join(service, organisation=organisation, since=TODAY, **does())
        services.end(service, until=TODAY, **held)
        assert queries.sight(organisation, service.pk, on=TODAY).member  # a member sees that it ended
        assert queries.sight(other, service.pk, on=TODAY) is None

    def test_how_a_member_stands_and_what_is_still_asked(self, service, organisation) -> None:
        rows = {each.row.requirement: each for each in queries.covers(service, on=TODAY, member=organisation)}
        found = rows["bio2:8.16.03"]
        assert [(str(status), number) for status, number in found.stands] == [("unknown", 1)]
        assert {each.fact_type for each in found.questions} == {"monitoring.whole_environment", "monitoring.response"}
        plain = queries.covers(service, on=TODAY)
        assert all(not each.stands and not each.questions for each in plain)

    def test_a_requirement_that_no_norm_has_is_shown_and_not_written(self, service, organisation) -> None:
        Covering.objects.create(collective=service, requirement="bio2:1.99.99", extent="whole")
        last = queries.covers(service, on=TODAY, member=organisation)[-1]
        assert (last.rule, last.stands) == (None, [])
        assert b"1.99.99" not in collective_out.oscal(service, on=TODAY)

    def test_who_could_join_per_region(self, service, organisation, make_organisation, does) -> None:
        make_organisation("noorden", kind="municipality", safety_region="Noord")
        taking_part.join(service, organisation=organisation, since=TODAY, **does())
        others = queries.could_join(service, on=TODAY)
        rows = queries.by_region(queries.members_of(service, on=TODAY).joined, others)
        assert ("Noord", 0, 1) in rows
        lines = list(csv.reader(io.StringIO(collective_out.others_list(others).decode("utf-8-sig")), delimiter=";"))
        assert "Noord" in lines[1]


def test_as_a_component_definition(service) -> None:
    found = json.loads(collective_out.oscal(service, on=TODAY))["component-definition"]
    (component,) = found["components"]
    assert component["title"] == "Bewaking samen"
    assert component["control-implementations"]
    assert collective_out.oscal(service, on=TODAY) == collective_out.oscal(service, on=TODAY)


def test_a_service_that_covers_nothing_can_be_written_too(holder, held) -> None:
    assert json.loads(collective_out.oscal(services.make(holder, told=TOLD, **held), on=TODAY))
