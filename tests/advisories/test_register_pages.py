"""The pages of the product register, of names and of what is followed: for the organisation, and for the desk that warns it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.advisories.models import Advisory, Alias, Line, Rejected, Subscription, Upload, Warned
from dijkwacht.apps.advisories.services import following, naming, renaming, triage
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from tests.advisories import register_files as files
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
LINE = {"vendor": "Terpware", "product": "Poort", "version": "1.0", "exposed": "yes"}
NAMES = {"vendor": "Polderpost", "product": "Mail Server Plus", "to_vendor": "Polderpost", "to_product": "Mailserver"}


def url(name: str, *more: Any, at: str = "dijkstad") -> str:
    return reverse(f"advisories:{name}", args=[at, *more])


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def file(data: bytes, name: str = "cmdb.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def stranger(people: Any, make_organisation: Any) -> Client:
    return people.stranger(make_organisation("elders"))


@pytest.fixture
def warn(analyst: Person) -> Any:
    return lambda advisory: triage.decide(advisory, decision="warn", person=analyst, at=NOW)


PAGES = ("register", "register_csv", "line_add", "register_read", "names", "name_add", "following", "follow_add")
POSTS = ("register_source_end", "name_confirm", "name_reject")
EDITS = ("line_add", "register_read", "name_add", "follow_add", *POSTS)


class TestLitany:
    @pytest.mark.parametrize("name", PAGES)
    def test_a_stranger_finds_nothing_and_nobody_signs_in(self, stranger: Client, organisation: Any, name: str) -> None:
        assert stranger.get(url(name)).status_code == 404
        assert Client().get(url(name)).status_code == 302

    @pytest.mark.parametrize("name", EDITS)
    def test_who_only_reads_is_refused(self, people: Any, organisation: Any, name: str) -> None:
        assert people.browser("auditor").post(url(name)).status_code == 403

    @pytest.mark.parametrize("name", ["register", "register_csv", "names", "following"])
    def test_who_only_reads_sees(self, people: Any, organisation: Any, name: str) -> None:
        assert people.browser("auditor").get(url(name)).status_code == 200

    @pytest.mark.parametrize("name", POSTS)
    def test_what_changes_is_only_posted(self, ciso: Client, organisation: Any, name: str) -> None:
        assert ciso.get(url(name)).status_code == 405

    def test_what_is_of_others_is_not_there(
        self, ciso: Client, make_organisation: Any, register: Any, does: Any
    ) -> None:
        other = make_organisation("elders")
        made = register(("Zaakzicht", "Zaaksysteem", "3.1"), to=other)
        line = Line.objects.get()
        follows = following.follow(other, kind="vendor", text="Zaakzicht", **does())
        alias = naming.confirm(other, names=NAMES, **does())
        for name, pk in (("product", line.pk), ("line_edit", line.pk), ("register_done", made.pk)):
            assert ciso.get(url(name, pk)).status_code == 404
            assert ciso.get(url(name, 10**15)).status_code == 404
        for name, pk in (("line_end", line.pk), ("name_end", alias.pk), ("follow_end", follows.pk)):
            assert ciso.post(url(name, pk)).status_code == 404
            assert ciso.post(url(name, 10**15)).status_code == 404
        assert ciso.get(url("register_preview", "x" * 43)).status_code == 404
        assert ciso.post(url("register_carry", "x" * 43)).status_code == 404


class TestRegister:
    def test_nothing_yet(self, ciso: Client, organisation: Any) -> None:
        page = text(ciso.get(url("register")))
        assert "No product is registered yet" in page
        assert "Bring in a file" in page

    def test_what_we_use_how_old_it_is_and_where_sources_disagree(
        self, ciso: Client, served: Organisation, register: Any
    ) -> None:
        register(("Zaakzicht B.V.", "Zaaksysteem", "3.1", True), ("Polderpost", "Mailserver", ""))
        register(("Zaakzicht", "Zaaksysteem", "3.0"), kind="gemma", at=NOW - timedelta(days=1))
        page = text(ciso.get(url("register")))
        assert "We know of 2 products in use." in page
        assert "1 without version, sources disagree on 1" in page
        assert "Sources name different versions" in page
        assert "CSIRT Voorbeeld warns you, and so sees this register too." in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Mailserver", "Zaaksysteem"]),
            ("?text=zaak", ["Zaaksysteem"]),
            ("?text=nergens", []),
            ("?show=no_version", ["Mailserver"]),
            ("?show=exposed", ["Zaaksysteem"]),
            ("?show=differ", []),
            ("?show=old", []),
            ("?show=warned", []),
            ("?source=cmdb", ["Mailserver", "Zaaksysteem"]),
            (
                "?source=spdx:x",
                ["Mailserver", "Zaaksysteem"],
            ),  # no such source: the filter is not valid, so all are shown
            ("?state=absent", []),
            ("?state=all&page=99999999999", ["Mailserver", "Zaaksysteem"]),
            ("?text=a%00b", ["Mailserver", "Zaaksysteem"]),
        ],
    )
    def test_narrowing(self, ciso: Client, register: Any, query: str, found: list[str]) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1", True), ("Polderpost", "Mailserver", ""))
        rows = ciso.get(url("register") + query).context["rows"]
        assert [each.name for each in rows] == found

    def test_as_a_list_no_cell_is_run(self, ciso: Client, register: Any) -> None:
        register(("Zaakzicht", "=cmd|' /C calc'!A0", "3.1"), ("Polderpost", "Mailserver", ""))
        response = ciso.get(url("register_csv") + "?text=zaakzicht")
        said = response.content.decode("utf-8-sig")
        assert response["Content-Disposition"].endswith('-productregister-2026-11-25.csv"')
        assert "'=cmd" in said
        assert "Mailserver" not in said
        assert ciso.get(url("register_csv") + "?text=a%00b").status_code == 200

    def test_many_cost_no_more_questions(self, ciso: Client, register: Any, django_assert_max_num_queries: Any) -> None:
        register(*((f"V{n}", f"P{n}", "1.0") for n in range(120)))
        with django_assert_max_num_queries(16):
            response = ciso.get(url("register"))
        assert len(response.context["rows"]) == 50


class TestProduct:
    def test_what_touches_it_with_outcome_and_reason(
        self, ciso: Client, served: Any, register: Any, receive: Any, warn: Any
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        warn(receive())
        receive("VB-2026-0002", title="Nog niet besloten")
        page = text(ciso.get(url("product", Line.objects.get().pk)))
        assert "2 advisories touch it now." in page
        assert "Version 3.1 is affected" in page
        assert url("warning", Warned.objects.get().pk) in page
        assert "The desk did not decide on this yet." in page
        assert "register.csv" in page  # how it came here

    @pytest.mark.parametrize(
        ("tlp", "seen"),
        [("CLEAR", True), ("GREEN", True), ("AMBER", False), ("AMBER+STRICT", False), ("RED", False)],
    )
    def test_what_the_desk_did_not_tell_is_seen_as_far_as_its_label_goes(
        self, ciso: Client, served: Any, register: Any, receive: Any, tlp: str, seen: bool
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        receive(title="Alleen voor wie het mag")
        Advisory.objects.update(tlp=tlp)  # CSAF 2.0 cannot say AMBER+STRICT
        for page in (url("product", Line.objects.get().pk), url("names"), url("register")):
            said = text(ciso.get(page))
            assert ("Alleen voor wie het mag" in said) is (seen and "register/" in page and page != url("register"))
        following.follow(served, kind="vendor", text="Zaakzicht", person=Person.objects.first(), at=NOW)
        assert ("Alleen voor wie het mag" in text(ciso.get(url("following")))) is seen

    def test_amber_that_was_told_is_for_the_trusted_contact(
        self, ciso: Client, people: Any, served: Any, register: Any, receive: Any, warn: Any
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        warn(receive(tlp="AMBER", title="Vertrouwelijk"))
        page = url("product", Line.objects.get().pk)
        assert "Vertrouwelijk" in text(ciso.get(page))  # the CISO is the trusted contact
        assert "Vertrouwelijk" not in text(people.browser("auditor").get(page))

    def test_one_that_is_gone_says_so(self, ciso: Client, register: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        register(("Polderpost", "Mailserver", ""), at=LATER)
        page = text(ciso.get(url("product", Line.objects.get(product="Zaaksysteem").pk)))
        assert "No longer in the register." in page

    def test_a_name_of_a_stranger_is_only_text(self, ciso: Client, register: Any) -> None:
        register(("<script>alert(1)</script>", "<b>x</b>", "<i>"))
        for page in (url("register"), url("product", Line.objects.get().pk)):
            assert "<script>alert" not in text(ciso.get(page))


class TestByHand:
    def test_added_changed_and_ended(self, ciso: Client, organisation: Any) -> None:
        response = ciso.post(url("line_add"), LINE)
        row = Line.objects.get()
        assert response["Location"] == url("product", row.pk)
        assert (row.kind, row.version, row.exposed) == ("hand", "1.0", True)
        assert 'value="1.0"' in text(ciso.get(url("line_edit", row.pk)))
        ciso.post(url("line_edit", row.pk), {**LINE, "version": "1.1", "exposed": "unknown"})
        row.refresh_from_db()
        assert (row.version, row.exposed) == ("1.1", None)
        ciso.post(url("line_end", row.pk))
        row.refresh_from_db()
        assert row.gone is not None
        assert Entry.objects.filter(act__startswith="advisories.line_").count() == 3

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"vendor": ""}, "vendor"), ({"product": ""}, "product"), ({"version": "onbekend"}, "version"),
            ({"purl": "npm/x"}, "purl"), ({"cpe": "cpe:/a:x"}, "cpe"), ({"product": "x" * 301}, "product"),
            ({"product": "a\0b"}, "product"), ({"exposed": "soms"}, "exposed"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_said_at_the_field(self, ciso: Client, organisation: Any, sent: Any, field: str) -> None:
        response = ciso.post(url("line_add"), {**LINE, **sent})
        assert response.context["form"].errors.get(field), response.context["form"].errors
        assert not Line.objects.exists()

    def test_of_a_file_only_the_version_is_said(self, ciso: Client, register: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", ""))
        row = Line.objects.get()
        page = text(ciso.get(url("line_edit", row.pk)))
        assert 'name="vendor"' not in page
        assert "counts until Inventory (CMDB) tells another version" in page
        assert ciso.post(url("line_edit", row.pk), {"version": ""}).context["form"].errors["version"]
        ciso.post(url("line_edit", row.pk), {"version": "3.1"})
        row.refresh_from_db()
        assert row.used == "3.1"
        assert "by hand" in text(ciso.get(url("register")))
        ciso.post(url("line_end", row.pk))
        row.refresh_from_db()
        assert row.gone is None


class TestReadingIn:
    def _brought(self, browser: Client, data: bytes, name: str = "cmdb.csv") -> str:
        response = browser.post(url("register_read"), {"file": file(data, name)})
        assert response.status_code == 302, response.context["form"].errors
        return str(response["Location"])

    @pytest.mark.parametrize(("data", "name"), [(files.csv(), "cmdb.csv"), (files.xlsx(), "cmdb.xlsx")])
    def test_shown_first_then_taken_over_with_a_receipt(
        self, ciso: Client, served: Any, receive: Any, warn: Any, data: bytes, name: str
    ) -> None:
        warn(receive())
        step = self._brought(ciso, data, name)
        page = text(ciso.get(step))
        assert "We read 3 lines. Nothing has been recorded yet." in page
        assert "Inventory (CMDB)" in page
        assert "Fabrikant" in page
        assert not Line.objects.exists()
        response = ciso.post(f"{step}overnemen/")
        made = Upload.objects.get()
        assert response["Location"] == url("register_done", made.pk)
        page = text(ciso.get(response["Location"]))
        assert "3 lines added" in page
        assert "1 new warning follows from it." in page
        assert ciso.get(step).status_code == 404  # the file was cleared away
        assert len(made.digest) == 64

    def test_columns_can_be_chosen_otherwise(self, ciso: Client, organisation: Any) -> None:
        step = self._brought(ciso, files.csv((("Wie", "Wat", "Welke"), ("Zaakzicht", "Zaaksysteem", "3.1"))))
        assert "No row with headers" in text(ciso.get(step))
        chosen = {"form": "cmdb", "sheet": "0", "header": "1", "vendor": "0", "product": "1", "version": "2"}
        assert "We read 1 line." in text(ciso.get(step, chosen))
        ciso.post(f"{step}overnemen/", chosen)
        assert str(Line.objects.get()) == "Zaakzicht Zaaksysteem 3.1"

    def test_an_sbom_asks_of_which_application_it_is(self, ciso: Client, organisation: Any) -> None:
        step = self._brought(ciso, files.sbom(), "bom.json")
        assert 'value="Zaaksysteem"' in text(ciso.get(step))  # as the file says
        assert "Fill in which application" in text(ciso.get(step, {"label": " "}))
        ciso.post(f"{step}overnemen/", {"label": ""})
        assert not Line.objects.exists()
        ciso.post(f"{step}overnemen/", {"label": "Zaaksysteem"})
        assert set(Line.objects.values_list("kind", "label")) == {("cyclonedx", "Zaaksysteem")}

    def test_a_second_file_tells_what_it_changes(self, ciso: Client, organisation: Any) -> None:
        ciso.post(f"{self._brought(ciso, files.csv())}overnemen/")
        changed, new = ("Zaakzicht B.V.", "Zaaksysteem", "3.2", "ja", "Team Zaken"), ("Nieuw", "Ding", "1", "", "")
        newer = (files.CMDB[0], changed, files.CMDB[2], new)
        page = text(ciso.get(self._brought(ciso, files.csv(newer))))
        assert "3.1 becomes 3.2" in page
        assert "Nieuw Ding 1" in page
        assert "Terpware Verbindingspoort 22.4" in page

    def test_of_several_organisations_one_is_chosen(self, ciso: Client, organisation: Any) -> None:
        rows = (("Gemeente", "Leverancier", "Product"), ("Dijkstad", "A", "Een"), ("Waterveen", "A", "Twee"))
        step = self._brought(ciso, files.csv(rows))
        assert "Choose which of them it is for." in text(ciso.get(step))
        ciso.post(f"{step}overnemen/", {"whose": "Dijkstad"})
        assert list(Line.objects.values_list("product", flat=True)) == ["Een"]
        step = self._brought(ciso, files.csv(rows))
        ciso.post(f"{step}overnemen/", {"whose": "Dijkstad"})
        assert Line.objects.count() == 1  # the same line, not a new one
        assert Upload.objects.latest("pk").added == 0

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"\0\1\2\3" * 50, "x.bin"), (b"PK\3\4broken", "x.xlsx"), (b"{", "x.json"), (b"<bom", "x.xml"), (b"a;b;c", "x.csv"),
            (b'<!DOCTYPE x [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', "x.xml"),
            (b'{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": []}', "x.json"), (b"[" * 100_000, "x.json"),
            (files.csv((("Product", "Versie"),)), "x.csv"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_is_said_and_changes_nothing(
        self, ciso: Client, register: Any, data: bytes, name: str
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        step = self._brought(ciso, data, name)
        page = text(ciso.get(step))
        assert "Not yet: something must be put right first." in page
        assert "Take it over" not in page
        assert "Not yet" in text(ciso.post(f"{step}overnemen/"))
        assert Line.objects.filter(gone__isnull=True).count() == 1

    def test_an_empty_file_and_none_are_said_at_the_field(self, ciso: Client, organisation: Any) -> None:
        for sent in ({}, {"file": file(b"")}):
            assert ciso.post(url("register_read"), sent).context["form"].errors["file"]

    def test_nonsense_in_the_query_does_no_harm(self, ciso: Client, organisation: Any) -> None:
        step = self._brought(ciso, files.csv())
        asked = (
            "sheet=99",
            "sheet=-1&header=abc",
            "form=nonsense",
            "product=999999",
            "header=5000",
            "form=spdx",
            "whose=x",
        )
        for query in asked:
            assert ciso.get(f"{step}?{query}").status_code == 200

    def test_the_file_of_one_person_is_not_that_of_another(self, ciso: Client, people: Any) -> None:
        step = self._brought(ciso, files.csv())
        assert people.browser("coordinator").get(step).status_code == 404

    def test_a_source_is_taken_out(self, ciso: Client, register: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        ciso.post(url("register_source_end"), {"kind": "cmdb", "label": ""})
        assert not Line.objects.filter(gone__isnull=True).exists()
        for odd in ({"kind": "cmdb"}, {"kind": "cm\0db", "label": "a\0b"}):
            assert "no longer in the register" in text(ciso.post(url("register_source_end"), odd, follow=True))


class TestForTheDesk:
    def test_the_register_of_one_that_it_warns(self, desk: Client, served: Organisation, register: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        page = text(desk.get(url("register_for", served.pk, at="csirt-voorbeeld")))
        assert "Zaaksysteem" in page
        assert "List as CSV" not in page
        assert desk.get(url("register")).status_code == 404

    def test_a_file_by_mail_is_taken_over_for_it_and_it_sees_who_did(
        self, desk: Client, served: Organisation, analyst: Person
    ) -> None:
        step = desk.post(url("register_for_read", served.pk, at="csirt-voorbeeld"), {"file": file(files.csv())})[
            "Location"
        ]
        assert "We read 3 lines" in text(desk.get(step))
        done = desk.post(f"{step}overnemen/")["Location"]
        assert "3 lines added" in text(desk.get(done))
        entry = Entry.objects.get(act="advisories.register_changed")
        assert (entry.organisation, entry.person) == (served, analyst)

    def test_one_that_it_does_not_warn_is_not_there(self, desk: Client, organisation: Organisation) -> None:
        for name in ("register_for", "register_for_read"):
            assert desk.get(url(name, organisation.pk, at="csirt-voorbeeld")).status_code == 404
        assert desk.get(url("register_for", 10**15, at="csirt-voorbeeld")).status_code == 404

    def test_who_works_at_the_organisation_has_no_desk(self, ciso: Client, served: Organisation, csirt: Any) -> None:
        assert ciso.get(url("register_for", served.pk, at="csirt-voorbeeld")).status_code == 404


class TestNames:
    def test_a_candidate_is_confirmed_and_the_register_is_matched(
        self, ciso: Client, served: Any, register: Any, receive: Any, warn: Any
    ) -> None:
        register(("Polderpost", "Mail Server Plus", "3.1"))
        warn(receive(products=(("Polderpost", "Mailserver Plus Server", "vers:unknown/<3.2"),)))
        page = text(ciso.get(url("names")))
        assert "1 name looks like one in an advisory." in page
        ciso.post(url("name_confirm"), {**NAMES, "to_product": "Mailserver Plus Server"})
        assert Alias.objects.get().by is not None
        assert Warned.objects.get().outcome == "affected"
        page = text(ciso.get(url("names")))
        assert "No name waits for you." in page
        ciso.post(url("name_end", Alias.objects.get().pk))
        assert Warned.objects.get().state == "lapsed"

    def test_what_was_rejected_does_not_come_back(self, ciso: Client, served: Any, register: Any, receive: Any) -> None:
        register(("Polderpost", "Mail Server Plus", "3.1"))
        receive(products=(("Polderpost", "Mailserver Plus Server", "vers:unknown/<3.2"),))
        ciso.post(url("name_reject"), {**NAMES, "to_product": "Mailserver Plus Server"})
        assert Rejected.objects.get().by is not None
        page = text(ciso.get(url("names")))
        assert "No name waits for you." in page
        assert "Said not to be the same (1)" in page
        again = ciso.post(url("name_reject"), {**NAMES, "to_product": "Mailserver Plus Server"}, follow=True)
        assert "That is so already." in text(again)

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"vendor": ""}, "vendor"), ({"to_vendor": ""}, "to_vendor"), ({"product": ""}, "product"),
            ({"to_product": ""}, "to_product"), ({"vendor": "!!!"}, "vendor"), ({"to_product": "Mail-Server Plus"}, "to_vendor"),
        ],
    )  # fmt: skip
    def test_by_hand_and_what_cannot_be(self, ciso: Client, organisation: Any, sent: Any, field: str) -> None:
        assert ciso.post(url("name_add"), {**NAMES, **sent}).context["form"].errors[field]
        assert not Alias.objects.exists()
        assert ciso.post(url("name_add"), NAMES)["Location"] == url("names")
        assert ciso.post(url("name_add"), NAMES).context["form"].errors

    def test_a_desk_sees_them_over_all_that_it_serves(
        self, desk: Client, served: Any, make_organisation: Any, csirt: Any, register: Any, receive: Any, does: Any,
        monkeypatch: Any,
    ) -> None:  # fmt: skip
        from dijkwacht.apps.advisories.services import serving

        other = make_organisation("elders")
        serving.join(other, desk=csirt, basis="Aansluiting", **does())
        for each in (served, other):
            register(("Polderpost", "Mail Server Plus", "3.1"), to=each)
        receive(products=(("Polderpost", "Mailserver Plus Server", "vers:unknown/<3.2"),))
        page = text(desk.get(url("desk_names", at="csirt-voorbeeld")))
        assert "in 2 registers" in page
        assert other.name not in page
        monkeypatch.setattr(renaming, "AT_ONCE", 1)
        desk.post(url("desk_name_confirm", at="csirt-voorbeeld"), {**NAMES, "to_product": "Mailserver Plus Server"})
        alias = Alias.objects.get()
        assert alias.organisation == csirt
        assert "2 registers are being matched anew." in text(desk.get(url("desk_names", at="csirt-voorbeeld")))
        assert renaming.carry_on(at=NOW) == 2
        monkeypatch.undo()
        assert {each.advisory.number for each in _concerns()} == {"VB-2026-0001"}
        assert len(_concerns()) == 2
        desk.post(url("desk_name_end", alias.pk, at="csirt-voorbeeld"))
        assert not _concerns()


def _concerns() -> list[Any]:
    from dijkwacht.apps.advisories.models import Concern

    return list(Concern.objects.select_related("advisory"))


class TestFollowing:
    def test_what_it_catches_now(self, ciso: Client, served: Any, receive: Any, warn: Any) -> None:
        warn(receive())
        assert "You follow nothing" in text(ciso.get(url("following")))
        ciso.post(url("follow_add"), {"kind": "vendor", "text": "Zaakzicht B.V."})
        page = text(ciso.get(url("following")))
        assert "Catches 1 advisory now:" in page
        assert Warned.objects.get().outcome == "caught"
        ciso.post(url("follow_end", Subscription.objects.get().pk))
        assert "You follow nothing" in text(ciso.get(url("following")))
        assert Warned.objects.get().state == "lapsed"

    @pytest.mark.parametrize("sent", [{"text": ""}, {"text": "x" * 121}, {"text": "!!"}, {"text": "a\0b"}])
    def test_what_cannot_be_is_said(self, ciso: Client, organisation: Any, sent: Any) -> None:
        assert ciso.post(url("follow_add"), {"kind": "vendor", "text": "x", **sent}).context["form"].errors["text"]
        assert ciso.post(url("follow_add"), {"kind": "nonsense", "text": "x"}).context["form"].errors["kind"]

    def test_once(self, ciso: Client, organisation: Any) -> None:
        ciso.post(url("follow_add"), {"kind": "vendor", "text": "Zaakzicht"})
        assert ciso.post(url("follow_add"), {"kind": "vendor", "text": "Zaakzicht B.V."}).context["form"].errors["text"]
