"""What stops, from rows: circles, ways around, what nobody knows, what ended; over one register and over several."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, Service, Supplier
from dijkwacht.apps.suppliers.queries import concentration, scope, stops, web
from dijkwacht.core.suppliers.dependence import Web
from tests.suppliers.conftest import TODAY
from tests.suppliers.dependence_world import SINCE, link, service, shares, subject, supplier, use

DAY = timedelta(days=1)


def after(organisation: Organisation, *gone: str, on: date = TODAY) -> dict[str, tuple[float, bool]]:
    found = stops.what_if(scope.own(organisation), gone, on=on)
    return {each.name: (each.hours, each.sure) for each in found.stopped}


@pytest.fixture
def cloud(organisation: Organisation) -> Supplier:
    return supplier(organisation, "Rekenwolk", "90000001")


class TestOneRegister:
    def test_through_service_supplier_and_sub_supplier(self, organisation, cloud) -> None:
        deep = supplier(organisation, "Datahal", "90000002")
        use(service(cloud, "Zaakwolk"), "Uitkeringen", 4)
        link(cloud, deep, 24)
        found = stops.what_if(scope.own(organisation), ["k90000002"], on=TODAY)
        (only,) = found.stopped
        assert (only.name, only.hours, only.sure) == ("Uitkeringen", 28, True)
        assert [found.services.get(each, each) for each in only.path] == ["Zaakwolk", "k90000001", "k90000002"]
        assert [each.what for each in found.suppliers] == ["k90000001"]

    def test_a_service_that_leans_on_another_does_not_take_its_supplier_down(self, organisation, cloud) -> None:
        deep = supplier(organisation, "Datahal", "90000002")
        one, two = service(cloud, "Een"), service(cloud, "Twee")
        use(one, "Aan een", 1)
        use(two, "Aan twee", 1)
        link(one, deep, 2)
        assert after(organisation, "k90000002") == {"Aan een": (3, True)}
        assert after(organisation, "k90000001") == {"Aan een": (1, True), "Aan twee": (1, True)}

    def test_who_has_no_number_goes_by_its_own_row(self, organisation) -> None:
        one, two = supplier(organisation, "Naamloos"), supplier(organisation, "Ander")
        use(service(one), "Loket", 8)
        assert after(organisation, f"s{one.pk}") == {"Loket": (8, True)}
        assert after(organisation, f"s{two.pk}") == {}

    def test_hours_that_nobody_knows_count_as_at_once_and_are_said(self, organisation, cloud) -> None:
        use(service(cloud), "Loket", None)
        assert after(organisation, "k90000001") == {"Loket": (0, False)}

    def test_a_circle_ends(self, organisation, cloud) -> None:
        other = supplier(organisation, "Kring", "90000002")
        link(cloud, other, 1)
        link(other, cloud, 1)
        use(service(cloud), "Loket", 1)
        assert after(organisation, "k90000002") == {"Loket": (2, True)}

    def test_with_a_way_around_it_goes_on_until_all_are_gone(self, organisation, cloud) -> None:
        other = supplier(organisation, "Reserve", "90000002")
        use(service(cloud, "Eerste"), "Loket", 1, "lijn")
        use(service(other, "Tweede"), "Loket", 6, "lijn")
        found = stops.what_if(scope.own(organisation), ["k90000001"], on=TODAY)
        assert not found.stopped
        assert [(each.name, each.without, each.by) for each in found.kept] == [("Loket", ("Eerste",), ("Tweede",))]
        both = stops.what_if(scope.own(organisation), ["k90000001", "k90000002"], on=TODAY)
        assert [(each.hours, each.ran_out) for each in both.stopped] == [(6, 2)]

    def test_a_supplier_with_a_way_around_holds_too(self, organisation, cloud) -> None:
        one, two = supplier(organisation, "Hal een", "90000002"), supplier(organisation, "Hal twee", "90000003")
        link(cloud, one, 0, "hal")
        link(cloud, two, 0, "hal")
        use(service(cloud), "Loket", 4)
        found = stops.what_if(scope.own(organisation), ["k90000002"], on=TODAY)
        assert (found.stopped, found.held) == ((), ("k90000001",))
        assert after(organisation, "k90000002", "k90000003") == {"Loket": (4, True)}

    def test_what_ended_does_not_count_and_still_did_the_day_before(self, organisation, cloud) -> None:
        use(service(cloud, "Einde"), "Ander", 0, ended_on=TODAY)
        use(service(cloud, "Dienst weg", ended_on=TODAY), "Dienst", 0)
        gone = use(service(cloud, "Uit het register"), "Opgeheven", 0)
        Subject.objects.filter(pk=gone.subject_id).update(archived_at=TODAY)
        use(service(cloud, "Morgen"), "Nog niet", 0, since=TODAY + DAY)
        assert after(organisation, "k90000001") == {}
        assert set(after(organisation, "k90000001", on=TODAY - DAY)) == {"Ander", "Dienst", "Opgeheven"}

    def test_a_link_that_ended_is_no_link(self, organisation, cloud) -> None:
        deep = supplier(organisation, "Datahal", "90000002")
        use(service(cloud), "Loket", 0)
        link(cloud, deep, 0, ended_on=TODAY)
        assert after(organisation, "k90000002") == {}

    def test_a_contract_that_ran_out_does_not_make_anything_safe(self, organisation, cloud) -> None:
        what = service(cloud)
        use(what, "Loket", 2)
        row = Contract.objects.create(
            organisation=organisation,
            supplier=cloud,
            title="Oud",
            starts_on=SINCE,
            until=TODAY,
            added_at="2026-01-01T00:00Z",
        )
        row.services.add(what)
        assert after(organisation, "k90000001") == {"Loket": (2, True)}

    @pytest.mark.parametrize(
        "node", ["", "k", "s", "k12345678", "s0", "sx", "x1", "s" + "9" * 40, "p1", "k' OR 1=1", "\0"]
    )
    def test_who_is_not_there_stops_nothing(self, organisation, cloud, node) -> None:
        use(service(cloud), "Loket", 0)
        assert after(organisation, node) == {}


class TestSeveral:
    def test_one_by_number_over_registers_and_never_by_name(self, organisation, make_organisation) -> None:
        other = make_organisation("polder", name="Polder")
        for each in (organisation, other):
            use(service(supplier(each, "Rekenwolk", "90000001")), "Uitkeringen", 4)
            use(service(supplier(each, "Naamloos")), "Loket", 4)
        both = scope.Scope((organisation, other), True)
        assert len(stops.what_if(both, ["k90000001"], on=TODAY).stopped) == 2
        nameless = Supplier.objects.filter(organisation=organisation, kvk="").get()
        assert {each.organisation for each in stops.what_if(both, [f"s{nameless.pk}"], on=TODAY).stopped} == {
            organisation.pk
        }

    def test_what_one_tells_of_the_chain_holds_for_all_who_use_it(self, organisation, make_organisation) -> None:
        other = make_organisation("polder", name="Polder")
        deep = supplier(organisation, "Datahal", "90000009")
        link(supplier(organisation, "Rekenwolk", "90000001"), deep, 24)
        use(service(supplier(other, "Rekenwolk B.V.", "90000001")), "Uitkeringen", 4)
        found = stops.what_if(scope.Scope((organisation, other), True), ["k90000009"], on=TODAY)
        assert [(each.organisation, each.hours) for each in found.stopped] == [(other.pk, 28)]

    def test_of_two_times_for_one_link_the_shortest_known_counts(self, organisation, make_organisation) -> None:
        other, third = make_organisation("polder"), make_organisation("duin")
        for each, hours in ((organisation, 72), (other, 4), (third, None)):
            link(supplier(each, "Rekenwolk", "90000001"), supplier(each, "Datahal", "90000009"), hours)
        use(service(supplier(organisation, "Rekenwolk", "90000001")), "Loket", 0)
        found = stops.what_if(scope.Scope((organisation, other, third), True), ["k90000009"], on=TODAY)
        assert [(each.hours, each.sure) for each in found.stopped] == [(4, True)]

    def test_who_stops_sharing_is_gone_at_once(self, organisation, make_organisation) -> None:
        from dijkwacht.apps.people.services import revoke_share
        from tests.suppliers.conftest import NOW

        other = make_organisation("polder", name="Polder")
        given = shares(other, organisation)
        use(service(supplier(other, "Rekenwolk", "90000001")), "Uitkeringen", 4)
        assert stops.what_if(scope.shared_with(organisation, on=TODAY), ["k90000001"], on=TODAY).stopped
        revoke_share(given, at=NOW, actor="test")
        assert not stops.what_if(scope.shared_with(organisation, on=TODAY), ["k90000001"], on=TODAY).stopped
        assert scope.shared_with(organisation, on=TODAY).organisations == (organisation,)

    def test_a_share_of_something_else_or_of_another_time_shows_nothing(self, organisation, make_organisation) -> None:
        for name, fields in (
            ("feiten", {"kind": "fact", "what": "*|*"}), ("straks", {"valid_from": TODAY + DAY}),
            ("over", {"valid_to": TODAY}), ("anders", {"what": "nog iets"}),
        ):  # fmt: skip
            shares(make_organisation(name), organisation, **fields)
        assert scope.shared_with(organisation, on=TODAY, ours=False).organisations == ()

    def test_the_strictest_label_counts_and_a_scope_is_narrowed(self, organisation, make_organisation) -> None:
        shares(make_organisation("een", safety_region="Noord"), organisation, tlp="GREEN")
        shares(make_organisation("twee", safety_region="Zuid"), organisation, tlp="AMBER+STRICT")
        found = scope.shared_with(organisation, on=TODAY)
        assert (len(found.organisations), found.tlp) == (3, "AMBER+STRICT")
        assert [each.slug for each in scope.narrowed(found, safety_region="Noord", province="").organisations] == [
            "een"
        ]
        assert scope.choices(found)["safety_region"] == ["Noord", "Zuid"]


def _world(seed: int, organisations: list[Organisation]) -> list[str]:
    """Registers made of chance; the suppliers in them."""
    chance = random.Random(seed)
    hours = (None, 0, 1, 4, 24)
    for here in organisations:
        mine = [supplier(here, f"L{n}", f"9000000{n}" if n < 6 else "") for n in range(8)]
        for n in range(7):
            what = service(chance.choice(mine), f"D{n}")
            for by in chance.sample(("A", "B", "C", "D"), 2):
                use(what, by, chance.choice(hours), chance.choice(("", "", "x", "y")))
            if chance.random() < 0.4:
                link(
                    what,
                    chance.choice([each for each in mine if each != what.supplier]),
                    chance.choice(hours),
                    chance.choice(("", "z")),
                )
        for _ in range(9):
            one, other = chance.sample(mine, 2)
            if not one.leans_on.filter(on=other, service=None).exists():
                link(one, other, chance.choice(hours), chance.choice(("", "", "x")))
    rows = Supplier.objects.filter(organisation__in=organisations)
    return sorted({web.supplier_node(each.pk, each.kvk) for each in rows})


@pytest.mark.parametrize("seed", range(5))
def test_the_same_as_over_everything(seed: int, organisation: Any, make_organisation: Any) -> None:
    some = [organisation, make_organisation("polder"), make_organisation("duin")]
    nodes = _world(seed, some)
    chance = random.Random(seed)
    for where in (scope.own(organisation), scope.Scope(tuple(some), True)):
        whole = Web(web.everything(where, on=TODAY))
        for gone in [[each] for each in nodes] + [chance.sample(nodes, 3) for _ in range(4)]:
            found = stops.what_if(where, gone, on=TODAY)
            plain = whole.stops([each for each in gone if stops.names(where, [each])])
            here = {f"p{each.subject}": each.hours for each in found.stopped}
            assert here == {what: stop.hours for what, stop in plain.items() if what[0] == "p"}
            chain = {each.what for each in found.suppliers} | {each for each in gone if each in plain}
            assert chain == {what for what in plain if what[0] in "ks"}


@pytest.mark.parametrize("seed", range(3))
def test_the_table_says_of_each_what_stops_with_it(seed: int, organisation: Any, make_organisation: Any) -> None:
    some = [organisation, make_organisation("polder"), make_organisation("duin")]
    nodes = _world(seed, some)
    both, own = scope.Scope(tuple(some), True), scope.own(organisation)
    rows = {row.node: row.who for row in concentration.table(both, on=TODAY).rows}
    mine = {row.node: row.who for row in concentration.table(own, on=TODAY).rows}
    one = {row.node: row.who for row in concentration.table(both, on=TODAY, process=" b ").rows}
    for node in nodes:
        found = stops.what_if(both, [node], on=TODAY)
        assert rows.get(node, frozenset()) == found.organisations
        assert one.get(node, frozenset()) == {each.organisation for each in found.stopped if each.name == "B"}
        assert mine.get(node, frozenset()) == {each.subject for each in stops.what_if(own, [node], on=TODAY).stopped}


class TestTable:
    def test_who_nobody_buys_from_is_seen(self, organisation, make_organisation) -> None:
        others = [make_organisation(name, safety_region="Noord") for name in ("polder", "duin")]
        for here in others:
            link(supplier(here, "Rekenwolk", "90000001"), supplier(here, "Datahal", "90000009"), 0)
            use(service(supplier(here, "Rekenwolk", "90000001")), "Loket", 0)
        use(service(supplier(organisation, "Iets anders", "90000005")), "Loket", 0)
        table = concentration.table(scope.Scope((organisation, *others), True), on=TODAY)
        found = {row.name: (len(row.who), row.direct, row.hidden, row.regions) for row in table.rows}
        assert table.whole == 3
        assert found["Datahal"] == (2, 0, True, ("Noord",))
        assert found["Rekenwolk"] == (2, 2, False, ("Noord",))
        assert found["Iets anders"] == (1, 1, False, ())
        assert (table.knot and table.knot.ties) is None  # each buys from one: that is no knot

    def test_the_tightest_knot(self, organisation, make_organisation) -> None:
        some = [organisation, make_organisation("polder"), make_organisation("duin")]
        for here in some:
            for n in (1, 2, 3):
                use(service(supplier(here, f"L{n}", f"9000000{n}")), f"P{n}", 0)
        use(service(supplier(organisation, "Los", "90000008")), "P8", 0)
        table = concentration.table(scope.Scope(tuple(some), True), on=TODAY)
        assert table.knot is not None
        assert (table.knot.ties, len(table.knot.suppliers), len(table.knot.organisations)) == (3, 3, 3)
        assert {row.name for row in table.rows if row.knot} == {"L1", "L2", "L3"}

    def test_alike_without_number_is_told_and_not_made_one(self, organisation, make_organisation) -> None:
        other = make_organisation("polder")
        use(service(supplier(organisation, "Rekenwolk B.V.")), "Loket", 0)
        use(service(supplier(other, "rekenwolk")), "Loket", 0)
        supplier(other, "Alleen hier")
        both = scope.Scope((organisation, other), True)
        assert [(each.names, each.organisations) for each in concentration.alike(both)] == [
            (("Rekenwolk B.V.", "rekenwolk"), 2)
        ]
        assert {len(row.who) for row in concentration.table(both, on=TODAY).rows} == {1}

    def test_names_of_processes_to_choose_from(self, organisation, make_organisation) -> None:
        other = make_organisation("polder")
        for here, names in ((organisation, ("Loket", "Eigen")), (other, ("loket",))):
            for name in names:
                subject(here, name)
        both = scope.Scope((organisation, other), True)
        assert concentration.processes(both, on=TODAY) == ["Loket"]
        assert concentration.processes(scope.own(organisation), on=TODAY) == ["Eigen", "Loket"]

    def test_nothing_at_all(self, organisation) -> None:
        table = concentration.table(scope.own(organisation), on=TODAY)
        assert (table.rows, table.whole, table.knot) == ((), 0, None)
        assert not Service.objects.exists()


def test_found_by_name_number_and_own_number(organisation, make_organisation) -> None:
    one = supplier(organisation, "Rekenwolk", "90000001", own_id="C-1")
    two = supplier(organisation, "Wolkenveld")
    supplier(make_organisation("polder"), "Wolk van een ander", "90000003")
    here = scope.own(organisation)
    assert stops.find(here, "wolk") == [("k90000001", "Rekenwolk"), (f"s{two.pk}", "Wolkenveld")]
    assert stops.find(here, "90000001") == stops.find(here, "C-1") == [(f"k{one.kvk}", "Rekenwolk")]
    assert stops.find(here, "90000003") == stops.find(here, " ") == stops.find(here, "%") == []
