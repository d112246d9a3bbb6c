"""The pages of collective services: what they show to whom, and that they do what they say."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.suppliers.collective_words import pack_of
from dijkwacht.apps.suppliers.models import Collective, Membership
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import collective as services
from dijkwacht.apps.suppliers.services import collective_members as taking_part
from tests.house_people import NOW, TODAY
from tests.suppliers.test_collective import held, holder, service  # noqa: F401  # fixtures

MEMBER = ("collective_join", "collective_leave", "collective_confirm", "collective_deny")
HOLDER = (
    "collective_change", "collective_end", "collective_cover", "collective_members", "collective_note",
    "collective_others_csv",
)  # fmt: skip
POSTED = ("collective_confirm", "collective_deny", "collective_note", "covering_remove")


@pytest.fixture
def keeper(held, client_for) -> Client:  # noqa: F811
    return client_for(held["person"])


def at(name: str, *more: int, organisation: str = "dijkstad") -> str:
    return reverse(f"suppliers:{name}", args=[organisation, *more])


def ask(browser: Client, name: str, url: str) -> int:
    return (browser.post if name in POSTED else browser.get)(url).status_code


@pytest.fixture
def row(service, organisation, does):  # noqa: F811
    return taking_part.join(service, organisation=organisation, since=TODAY, **does())


class TestWho:
    @pytest.mark.parametrize("name", ["collective", "collective_oscal", *MEMBER])
    def test_of_a_member(self, row, service, name, people, make_organisation) -> None:  # noqa: F811
        url = at(name, service.pk)
        assert ask(people.browser("supplier_manager"), name, url) in (200, 302)
        assert ask(people.stranger(make_organisation("elders")), name, url) == 404
        assert ask(people.browser("supplier_manager"), name, at(name, service.pk + 9)) == 404
        reads = ask(people.browser("auditor"), name, url)
        assert reads == (403 if name in MEMBER else 200)
        assert "login" in (Client().post if name in POSTED else Client().get)(url).url

    @pytest.mark.parametrize("name", HOLDER)
    def test_of_the_holder(self, row, service, name, keeper, people, manager) -> None:  # noqa: F811
        url = at(name, service.pk, organisation="bond")
        assert ask(keeper, name, url) in (200, 302)
        assert ask(keeper, name, at(name, service.pk + 9, organisation="bond")) == 404
        assert ask(manager, name, url) == 404  # a stranger there
        assert ask(manager, name, at(name, service.pk)) == 404  # takes part, and does not hold it
        assert ask(people.browser("auditor"), name, at(name, service.pk)) == 403
        assert "login" in (Client().post if name in POSTED else Client().get)(url).url

    @pytest.mark.parametrize("name", ["covering_change", "covering_remove", "membership_end"])
    def test_of_a_line_of_the_holder(self, row, service, name, keeper, manager) -> None:  # noqa: F811
        pk = row.pk if name == "membership_end" else service.covers.first().pk
        assert ask(manager, name, at(name, pk)) == 404
        assert ask(keeper, name, at(name, pk + 999, organisation="bond")) == 404
        assert ask(keeper, name, at(name, pk, organisation="bond")) in (200, 302)

    @pytest.mark.parametrize("name", ["collectives", "collective_new", "collective_make"])
    def test_of_all(self, name, people, manager, make_organisation) -> None:
        assert manager.get(at(name)).status_code == 200
        assert people.stranger(make_organisation("elders")).get(at(name)).status_code == 404
        assert people.browser("auditor").get(at(name)).status_code == (200 if name == "collectives" else 403)
        assert "login" in Client().get(at(name)).url


class TestPages:
    def test_nothing_yet(self, manager) -> None:
        assert "Nothing is open for you here yet." in manager.get(at("collectives")).text

    def test_joining_and_leaving(self, service, manager) -> None:  # noqa: F811
        text = manager.get(at("collectives")).text
        assert "You take part in 0 services; 1 more is open for you." in text
        before = manager.get(at("collective", service.pk)).text
        assert "Taking part settles none by itself." in before
        assert "We take part" in before
        sent = manager.post(at("collective_join", service.pk), {"since": "2026-11-25"})
        assert sent.url == at("collective", service.pk)
        text = manager.get(sent.url).text
        assert "We take part no longer" in text
        assert "Still asked of you" in text
        assert reverse("ledger:requirement", args=["dijkstad", "bio2:8.16.03"]) in text
        wrong = manager.post(at("collective_leave", service.pk), {"last": "2026-11-24"})
        assert "The end must lie after the start." in wrong.text
        assert manager.post(at("collective_leave", service.pk), {"last": "2026-11-25"}).url == at("collectives")

    def test_a_member_sees_how_many_and_not_who(self, row, service, make_organisation, manager, held) -> None:  # noqa: F811
        other = make_organisation("buurstad", kind="municipality", name="Buurstad")
        taking_part.confirm(taking_part.note_members(service, organisations=[other], **held)[0], **held)
        text = manager.get(at("collective", service.pk)).text
        assert "2 organisations" in text
        assert "Buurstad" not in text

    def test_what_the_holder_noted_is_asked(self, service, organisation, manager, held) -> None:  # noqa: F811
        taking_part.note_members(service, organisations=[organisation], **held)
        assert "the holder says that you take part. Does that hold?" in manager.get(at("collectives")).text
        assert "Yes, we take part" in manager.get(at("collective", service.pk)).text
        assert manager.post(at("collective_confirm", service.pk)).url == at("collective", service.pk)
        assert Membership.objects.get().confirmed_at == NOW

    def test_denying(self, service, organisation, manager, held) -> None:  # noqa: F811
        taking_part.note_members(service, organisations=[organisation], **held)
        assert manager.post(at("collective_deny", service.pk)).url == at("collectives")
        assert Membership.objects.get().ended_on == TODAY


class TestHolding:
    def test_from_the_pack_with_its_doubts(self, keeper, holder) -> None:  # noqa: F811
        text = keeper.get(at("collective_new", organisation="bond")).text
        assert "GGI-Veilig" in text
        url = at("collective_make", organisation="bond") + "?uit=ggi_veilig"
        text = keeper.get(url).text
        assert "Source:" in text
        assert keeper.get(at("collective_make", organisation="bond") + "?uit=niets").status_code == 404
        form = {"name": "GGI-Veilig", "kind": "monitoring", "open_to": ["municipality"], "since": "2026-01-01"}
        made = keeper.post(url, form)
        found = Collective.objects.get()
        assert made.url == at("collective", found.pk, organisation="bond")
        assert (found.pack, found.covers.count()) == ("ggi_veilig", len(pack_of("ggi_veilig").covers))
        assert "What is not certain" in keeper.get(made.url).text

    def test_what_is_wrong_stands_at_its_field(self, keeper, holder) -> None:  # noqa: F811
        form = {"name": "", "kind": "monitoring", "since": "2026-01-01", "last": "2025-01-01", "open_to": ["supplier"]}
        text = keeper.post(at("collective_make", organisation="bond"), form).text
        assert not Collective.objects.exists()
        assert "error" in text
        good = {**form, "name": "Samen", "open_to": ["municipality"]}
        assert "The end must lie after the start." in keeper.post(at("collective_make", organisation="bond"), good).text

    def test_what_it_covers(self, keeper, service) -> None:  # noqa: F811
        url = at("collective_cover", service.pk, organisation="bond")
        form = {"requirement": "bio2:8.15.06", "extent": "part", "does": "Toetst.", "stays": ""}
        assert "a service that does a part leaves something" in keeper.post(url, form).text
        keeper.post(url, {**form, "stays": "Kiezen wie toetst."})
        line = service.covers.get(requirement="bio2:8.15.06")
        text = keeper.get(at("covering_change", line.pk, organisation="bond")).text
        assert "Kiezen wie toetst." in text
        keeper.post(at("covering_remove", line.pk, organisation="bond"))
        assert not service.covers.filter(pk=line.pk).exists()

    def test_noting_who_takes_part(self, keeper, service, organisation, make_organisation) -> None:  # noqa: F811
        make_organisation("bedrijf", kind="supplier", name="Bedrijf B.V.")
        url = at("collective_members", service.pk, organisation="bond")
        text = keeper.get(url).text
        assert organisation.name in text
        assert "Bedrijf B.V." not in text
        note = at("collective_note", service.pk, organisation="bond")
        assert keeper.post(note, {"who": ["999999"]}).url == url
        assert "cannot take part" in keeper.get(url).text
        keeper.post(note, {"who": [organisation.pk]})
        assert "they did not confirm yet" in keeper.get(url).text
        assert keeper.post(note, {}).url == url
        row = Membership.objects.get()
        keeper.post(at("membership_end", row.pk, organisation="bond"), {"last": "2026-11-25"})
        row.refresh_from_db()
        assert row.ended_on == date(2026, 11, 26)

    def test_a_region_and_the_list(self, keeper, service, make_organisation) -> None:  # noqa: F811
        make_organisation("noorden", kind="municipality", name="Noorden", safety_region="Noord")
        url = at("collective_members", service.pk, organisation="bond")
        assert "Noorden" in keeper.get(f"{url}?regio=Noord").text
        assert "Noorden" not in keeper.get(f"{url}?regio=").text.partition('id="could"')[2].partition("<aside")[0]
        lines = keeper.get(at("collective_others_csv", service.pk, organisation="bond"))
        assert "Noorden" in lines.content.decode("utf-8-sig")

    def test_it_ends_and_a_member_reads_that(self, keeper, row, service, manager) -> None:  # noqa: F811
        keeper.post(at("collective_end", service.pk, organisation="bond"), {"last": "2026-11-24"})
        assert "This service has ended." in manager.get(at("collective", service.pk)).text

    def test_it_is_told_otherwise(self, keeper, service) -> None:  # noqa: F811
        url = at("collective_change", service.pk, organisation="bond")
        assert "Bewaking samen" in keeper.get(url).text
        form = {"name": "Samen wakker", "kind": "monitoring", "open_to": ["municipality"], "since": "2026-01-01"}
        keeper.post(url, {**form, "regions": ["Veiligheidsregio Utrecht"]})
        service.refresh_from_db()
        assert (service.name, service.regions) == ("Samen wakker", ["Veiligheidsregio Utrecht"])


def test_the_trail_tells_of_every_row(service, organisation, holder, row, does, held) -> None:  # noqa: F811
    taking_part.leave(row, on=date(2026, 11, 26), **does())
    services.uncover(service.covers.first(), **held)
    assert verify_suppliers(organisation).faulty == []
    assert verify_suppliers(holder).faulty == []
    Membership.objects.update(since=date(2020, 1, 1))
    assert len(verify_suppliers(organisation).faulty) == 1
