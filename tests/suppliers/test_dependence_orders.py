"""Orders to keep a supplier out, and sharing the register."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation, Share
from dijkwacht.apps.suppliers.models import Order, Replacement
from dijkwacht.apps.suppliers.queries import exclusion
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import excluding
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.suppliers.conftest import NOW, TODAY
from tests.suppliers.dependence_world import link, service, shares, supplier, use

DAY = timedelta(days=1)


def url(name: str, *parts: object) -> str:
    return reverse(f"suppliers:{name}", args=("dijkstad", *parts))


@pytest.fixture
def order(organisation, does) -> Order:
    return excluding.record(
        organisation, name="Datahal B.V.", kvk="90000009", reference="MIN-2026-1", parts="Kernnetwerk", given_on=TODAY,
        until=TODAY + 90 * DAY, **does(),
    )  # fmt: skip


@pytest.fixture
def chain(organisation):
    """Zaakwolk, of a supplier that leans on who is ordered out."""
    cloud = supplier(organisation, "Rekenwolk", "90000001")
    link(cloud, supplier(organisation, "Datahal", "90000009"), 24)
    what = service(cloud, "Zaakwolk")
    use(what, "Uitkeringen", 4)
    return what


def _faulty(organisation: Organisation) -> list[object]:
    """What the trail and the rows of orders do not agree on."""
    return [each for each in verify_suppliers(organisation).faulty if each.table in ("order", "replacement")]


class TestVerbs:
    def test_it_is_kept_and_told_in_the_trail(self, order, organisation) -> None:
        entry = Entry.objects.filter(organisation=organisation).latest("seq")
        assert (entry.act, entry.about) == ("suppliers.order_recorded", f"order:{order.pk}")
        assert not _faulty(organisation)

    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"name": "  "}, "empty", "name"), ({"reference": ""}, "empty", "reference"), ({"kvk": "12"}, "not_a_kvk", "kvk"),
            ({"name": "x" * 201}, "too_long", "name"), ({"given_on": TODAY + DAY}, "future", "given_on"),
            ({"until": TODAY}, "period", "until"), ({"parts": "a\0b"}, "odd", "parts"),
            ({"reference": "MIN-2026-1", "name": "Datahal B.V."}, "order_twice", "reference"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_nothing_is_kept(self, order, organisation, does, told, code, field) -> None:
        before = Entry.objects.count()
        with pytest.raises(Refused) as error:
            excluding.record(organisation, **{"name": "X", "reference": "R", "given_on": TODAY, **told}, **does())
        assert (error.value.code, error.value.params["field"]) == (code, field)
        assert (Order.objects.count(), Entry.objects.count()) == (1, before)

    def test_a_replacement_is_planned_changed_and_done(self, order, chain, does, people, organisation) -> None:
        plan = {"by_what": "Andere hal", "owner": people("process_owner"), "due": TODAY + 30 * DAY}
        excluding.replace(order, service=chain, **plan, **does())
        excluding.replace(order, service=chain, **plan | {"by_what": "Eigen hal"}, **does())
        excluding.replaced(order, service=chain, **does())
        row = Replacement.objects.get()
        assert (row.by_what, row.done_on) == ("Eigen hal", TODAY)
        with pytest.raises(Refused, match="order_done"):
            excluding.replaced(order, service=chain, **does())
        assert not _faulty(organisation)

    def test_a_plan_that_cannot_be(self, order, chain, does, make_person, other_organisation) -> None:
        stranger = make_person("ciso", at_organisation=other_organisation)
        theirs = service(supplier(other_organisation, "Anders"), "Van een ander")
        for told, code in (
            ({"by_what": ""}, "empty"), ({"owner": stranger}, "order_nobody"), ({"due": TODAY + 91 * DAY}, "order_late"),
            ({"service": theirs}, "another"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=code):
                excluding.replace(order, **{"service": chain, "by_what": "Iets", **told}, **does())
        with pytest.raises(Refused, match="order_not_planned"):
            excluding.replaced(order, service=chain, **does())
        assert not Replacement.objects.exists()

    def test_an_order_that_ended_asks_nothing_more(self, order, chain, does) -> None:
        excluding.end(order, **does())
        for deed in (
            lambda: excluding.end(order, **does()),
            lambda: excluding.replace(order, service=chain, by_what="x", **does()),
        ):
            with pytest.raises(Refused, match="gone"):
                deed()


class TestPlaces:
    def test_direct_and_through_the_chain(self, order, chain, organisation) -> None:
        direct = service(supplier(organisation, "Datahal", "90000009"), "Kabels")
        service(supplier(organisation, "Los", "90000005"), "Niets ermee")
        places = exclusion.standing(order, on=TODAY).places
        assert [(each.service, each.path, each.direct, each.sure) for each in places] == [
            (direct, ("Datahal",), True, True), (chain, ("Rekenwolk", "Datahal"), False, True),
        ]  # fmt: skip

    def test_of_one_service_only(self, order, organisation) -> None:
        cloud = supplier(organisation, "Rekenwolk", "90000001")
        one = service(cloud, "Een")
        service(cloud, "Twee")
        link(one, supplier(organisation, "Datahal", "90000009"))
        assert [(each.service, each.path) for each in exclusion.standing(order, on=TODAY).places] == [
            (one, ("Rekenwolk", "Datahal"))
        ]

    def test_by_name_when_there_is_no_number_and_never_against_a_number(self, order, organisation) -> None:
        alike = service(supplier(organisation, "datahal"), "Zonder nummer")
        service(supplier(organisation, "Datahal", "90000007"), "Met een ander nummer")
        assert [(each.service, each.sure) for each in exclusion.standing(order, on=TODAY).places] == [(alike, False)]

    def test_circles_and_ways_around_are_in_use_all_the_same(self, order, organisation) -> None:
        one, two = supplier(organisation, "A", "90000001"), supplier(organisation, "B", "90000002")
        out = supplier(organisation, "Datahal", "90000009")
        link(one, two)
        link(two, one)
        link(two, out, 0, "hal")
        link(two, supplier(organisation, "C", "90000003"), 0, "hal")
        what = service(one, "Dienst")
        assert [each.path for each in exclusion.standing(order, on=TODAY).places] == [("A", "B", "Datahal")]
        assert what.pk

    def test_what_ended_is_out_and_the_plan_stays_to_be_seen(self, order, chain, does, organisation) -> None:
        excluding.replace(order, service=chain, by_what="Iets", **does())
        chain.ended_on = TODAY
        chain.save()
        standing = exclusion.standing(order, on=TODAY)
        assert [(each.service, each.running) for each in standing.places] == [(chain, False)]
        assert (standing.left, standing.late) == (0, 0)

    def test_late_after_the_day_and_said_to_be_out_while_it_is_not(self, order, chain, does) -> None:
        excluding.replace(order, service=chain, by_what="Iets", due=TODAY + 10 * DAY, **does())
        assert [exclusion.standing(order, on=TODAY + n * DAY).late for n in (9, 10, 91)] == [0, 1, 1]
        excluding.replaced(order, service=chain, **does())
        standing = exclusion.standing(order, on=TODAY + 91 * DAY)
        assert (standing.late, standing.left, standing.places[0].contradicts) == (0, 0, True)


class TestOrderPages:
    CHANGES = ("order_add",)

    def test_who_may_what(self, people, other_organisation, order, chain, client) -> None:
        gets = [url("orders"), url("order", order.pk)]
        forms = [url("order_add"), url("replacement", order.pk, chain.pk)]
        posts = [url("order_end", order.pk), url("replaced", order.pk, chain.pk)]
        assert {client.get(each).status_code for each in gets + forms} == {302}
        assert {client.post(each).status_code for each in posts} == {302}
        stranger = people.stranger(other_organisation)
        assert {stranger.get(each).status_code for each in gets + forms} == {404}
        assert {stranger.post(each).status_code for each in posts} == {404}
        auditor = people.browser("auditor")
        assert {auditor.get(each).status_code for each in gets} == {200}
        assert {auditor.get(each).status_code for each in forms} == {403}
        assert {auditor.post(each).status_code for each in posts} == {403}

    def test_what_is_of_another_is_not_there(self, manager, order, chain, other_organisation, make_person) -> None:
        theirs = excluding.record(
            other_organisation, name="X", reference="R", given_on=TODAY, at=NOW,
            person=make_person("ciso", at_organisation=other_organisation),
        )  # fmt: skip
        what = service(supplier(other_organisation, "Anders"))
        for each in (
            url("order", theirs.pk),
            url("replacement", theirs.pk, chain.pk),
            url("replacement", order.pk, what.pk),
            url("order", 999_999),
        ):
            assert manager.get(each).status_code == 404
        assert manager.post(url("order_end", theirs.pk)).status_code == 404

    def test_recorded_planned_and_done(self, manager, chain, people) -> None:
        sent = {
            "name": "Datahal",
            "kvk": "90000009",
            "reference": "MIN-7",
            "given_on": TODAY.isoformat(),
            "until": (TODAY + 60 * DAY).isoformat(),
        }
        page = manager.post(url("order_add"), sent, follow=True).content.decode()
        assert "Zaakwolk" in page
        assert "nothing planned" in page
        assert "after 28 hours" in page
        row = Order.objects.get()
        plan = {"by_what": "Andere hal", "owner": people("process_owner").pk, "due": (TODAY + 30 * DAY).isoformat()}
        page = manager.post(url("replacement", row.pk, chain.pk), plan, follow=True).content.decode()
        assert "Andere hal" in page
        page = manager.post(url("replaced", row.pk, chain.pk), follow=True).content.decode()
        assert "said to be replaced, still in the register" in page
        page = manager.post(url("order_end", row.pk), follow=True).content.decode()
        assert "No longer holds since" in page

    def test_a_wrong_form_says_where(self, manager, organisation) -> None:
        page = manager.post(url("order_add"), {"name": "", "reference": "x", "given_on": TODAY.isoformat(), "kvk": "1"})
        assert page.status_code == 200
        assert set(page.context["form"].errors) == {"name"}
        page = manager.post(
            url("order_add"), {"name": "A", "reference": "x", "given_on": TODAY.isoformat(), "kvk": "1"}
        )
        assert set(page.context["form"].errors) == {"kvk"}
        assert not Order.objects.exists()

    def test_the_question_stays_with_a_person(self, ciso, organisation) -> None:
        page = ciso.get(url("orders")).content.decode()
        assert "suppliers.exclusion.findable" in page
        assert "only a person answers that question" in page


class TestSharing:
    def test_who_may_what(self, people, other_organisation, organisation, client) -> None:
        given = shares(organisation, other_organisation)
        assert people.stranger(other_organisation).get(url("shares")).status_code == 404
        assert people.stranger(other_organisation).get(url("share_add")).status_code == 404
        manager = people.browser("supplier_manager")
        assert manager.get(url("shares")).status_code == 200
        assert manager.get(url("share_add")).status_code == 403
        assert manager.post(url("share_end", given.pk)).status_code == 403
        assert client.get(url("share_add")).status_code == 302

    def test_shared_and_revoked(self, ciso, other_organisation) -> None:
        sent = {"recipient": "polderveen", "tlp": "AMBER", "valid_from": TODAY.isoformat()}
        page = ciso.post(url("share_add"), sent, follow=True).content.decode()
        assert "1 organisation sees your register." in page
        row = Share.objects.get()
        assert (row.kind, row.what, row.recipient) == ("suppliers", "suppliers", other_organisation)
        page = ciso.post(url("share_end", row.pk), follow=True).content.decode()
        assert "Nobody else sees your register." in page
        assert "This was already revoked." in ciso.post(url("share_end", row.pk), follow=True).content.decode()

    def test_what_cannot_be_shared(self, ciso, organisation, other_organisation) -> None:
        sent = {"recipient": "nergens", "tlp": "AMBER", "valid_from": TODAY.isoformat()}
        assert "recipient" in ciso.post(url("share_add"), sent).context["form"].errors
        assert ciso.post(url("share_add"), sent | {"recipient": "dijkstad"}).context["form"].errors
        wrong = sent | {"recipient": "polderveen", "valid_to": TODAY.isoformat()}
        assert "valid_to" in ciso.post(url("share_add"), wrong).context["form"].errors
        assert not Share.objects.exists()

    def test_a_share_of_something_else_is_not_ended_here(self, ciso, organisation, other_organisation) -> None:
        given = shares(organisation, other_organisation, kind="fact", what="*|*")
        assert ciso.post(url("share_end", given.pk)).status_code == 404
