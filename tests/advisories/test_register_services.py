"""The register underneath its pages: what is matched again, lines by hand, sources, measurements, names, the trail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dijkwacht.apps.advisories.models import (
    Advisory,
    Alias,
    Asset,
    Concern,
    Line,
    Place,
    Product,
    Row,
    Told,
    Touched,
    Upload,
    Warned,
)
from dijkwacht.apps.advisories.queries.names import waiting
from dijkwacht.apps.advisories.queries.proposals import for_organisation
from dijkwacht.apps.advisories.queries.register import register_of
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import (
    following,
    lines,
    matching,
    measured,
    naming,
    register_file,
    register_sources,
    registering,
    renaming,
    serving,
    triage,
)
from dijkwacht.apps.advisories.services.assets import derive
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.products import COLUMNS
from dijkwacht.apps.advisories.services.ticking import tick
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.checks.banners import Software
from tests.advisories import register_files as files
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
LINE = {"vendor": "Zaakzicht B.V.", "product": "Zaaksysteem", "version": "3.1", "exposed": True}
NAMES = {"vendor": "Polderpost", "product": "Postbode", "to_vendor": "Polder Post", "to_product": "Mailserver"}
MAIL = (("Polder Post", "Mailserver", "vers:unknown/<3.2"),)


@pytest.fixture
def warn(analyst: Person) -> Callable[..., Any]:
    return lambda advisory, at=NOW: triage.decide(advisory, decision="warn", person=analyst, at=at)


def _state(organisation: Organisation) -> tuple[Any, ...]:
    """Everything that is derived of a register, without numbers of rows."""
    return (
        sorted(Asset.objects.filter(organisation=organisation).values_list("line", "purl", "cpe", "exposed")),
        sorted(Place.objects.filter(organisation=organisation).values_list("asset__line", "product", "version")),
        sorted(Product.objects.filter(organisation=organisation).values_list("key", *COLUMNS)),
        sorted(Line.objects.filter(organisation=organisation, gone__isnull=True).values_list("pk", "key")),
        sorted(
            Concern.objects.filter(organisation=organisation).values_list(
                "advisory", "sure", "assets", "exposed", "caught"
            )
        ),
        sorted(Advisory.objects.values_list("pk", "affected", "asked", "exposed")),
    )


def _the_same_from_scratch(organisation: Organisation) -> None:
    """What was brought to now piece by piece is what deriving all of it gives."""
    piecemeal = _state(organisation)
    derive(organisation, at=NOW)
    matching.match_organisation(organisation, at=NOW)
    assert _state(organisation) == piecemeal
    held = verify_advisories(organisation)
    assert not held.faulty
    assert not held.uncovered


class TestOneLine:
    def test_added_by_hand_it_is_warned_of(self, served: Any, receive: Any, warn: Any, does: Any) -> None:
        warn(receive())
        row = lines.add(served, told=LINE, **does())
        assert Warned.objects.get().outcome == "affected"
        assert Touched.objects.get().line == row
        _the_same_from_scratch(served)
        lines.edit(row, told={**LINE, "version": "3.2"}, **does(at=LATER))
        assert Warned.objects.get().state == "lapsed"
        _the_same_from_scratch(served)
        lines.edit(row, told={**LINE, "version": "3.0"}, **does(at=LATER))
        assert Warned.objects.get().state == "open"
        lines.end(row, **does(at=LATER))
        assert Warned.objects.get().state == "lapsed"
        assert not Asset.objects.exists()
        _the_same_from_scratch(served)
        with pytest.raises(Refused, match="gone"):
            lines.end(row, **does(at=LATER))

    def test_only_its_own_product_is_touched(
        self, served: Any, register: Any, receive: Any, warn: Any, does: Any
    ) -> None:
        register(("Polderpost", "Mailserver", "1"), ("Zaakzicht", "Zaaksysteem", ""))
        warn(receive())
        before = dict(Asset.objects.values_list("line", "pk"))
        lines.add(served, told=LINE, **does())
        after = dict(Asset.objects.values_list("line", "pk"))
        mail = Line.objects.get(product="Mailserver").pk
        assert before[mail] == after[mail]
        assert Line.objects.get(product="Zaaksysteem", version="").pk not in after  # a version is told now
        _the_same_from_scratch(served)

    def test_another_product_leaves_the_old_one_right(
        self, served: Any, register: Any, receive: Any, does: Any
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", ""))
        receive()
        row = lines.add(served, told=LINE, **does())
        lines.edit(row, told={**LINE, "product": "Heel wat anders"}, **does())
        assert Asset.objects.count() == 2
        _the_same_from_scratch(served)

    def test_a_version_that_a_person_said_holds_until_its_source_says_another(
        self, served: Any, register: Any, receive: Any, warn: Any, does: Any
    ) -> None:
        register(("Zaakzicht", "Zaaksysteem", ""))
        warn(receive())
        assert Warned.objects.get().outcome == "undetermined"
        row = lines.set_version(Line.objects.get(), version=" 3.2 ", **does())
        assert Warned.objects.get().state == "lapsed"
        assert register_of(served, at=NOW).products[0].version == "3.2"
        register(("Zaakzicht", "Zaaksysteem", ""), at=LATER)
        row.refresh_from_db()
        assert row.used == "3.2"
        register(("Zaakzicht", "Zaaksysteem", "3.1"), at=LATER + timedelta(days=1))
        row.refresh_from_db()
        assert row.used == "3.1"
        assert Warned.objects.get().state == "open"
        _the_same_from_scratch(served)

    @pytest.mark.parametrize("version", ["", "  ", "onbekend", "n.v.t.", "x" * 201])
    def test_what_is_no_version_is_refused(self, register: Any, does: Any, version: str) -> None:
        register(("Zaakzicht", "Zaaksysteem", ""))
        with pytest.raises(Refused):
            lines.set_version(Line.objects.get(), version=version, **does())
        assert Upload.objects.count() == 1

    def test_a_line_of_a_file_is_not_changed_or_ended_by_hand(self, register: Any, does: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", ""))
        row = Line.objects.get()
        for deed in (lambda: lines.end(row, **does()), lambda: lines.edit(row, told=LINE, **does())):
            with pytest.raises(Refused, match="not_by_hand"):
                deed()

    def test_a_file_leaves_what_is_said_by_hand_alone(self, organisation: Any, register: Any, does: Any) -> None:
        row = lines.add(organisation, told=LINE, **does())
        register(("Polderpost", "Mailserver", ""))
        row.refresh_from_db()
        assert row.gone is None
        with pytest.raises(Refused, match="twice"):
            lines.add(organisation, told=LINE, **does())

    def test_a_package_url_tells_the_rest(self, organisation: Any, does: Any) -> None:
        row = lines.add(organisation, told={"purl": "pkg:npm/%40scope/core@12.1"}, **does())
        assert (row.vendor, row.product, row.version) == ("@scope", "core", "12.1")


class TestTakingOver:
    def test_what_was_gone_does_not_go_again(self, register: Any) -> None:
        register(("A", "Een", ""), ("A", "Twee", ""))
        assert register(("A", "Een", ""), at=LATER).gone == 1
        assert register(("A", "Een", ""), at=LATER).gone == 0

    def test_a_desk_of_its_own_decides_for_what_comes_in_the_register_later(
        self, organisation: Any, register: Any, receive: Any
    ) -> None:
        advisory = receive(by=organisation)
        assert advisory.decision == "open"
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        assert Warned.objects.get().desk == organisation

    def test_what_became_stricter_is_not_told_to_who_comes_later(
        self, served: Any, register: Any, receive: Any, warn: Any
    ) -> None:
        warn(receive())
        Advisory.objects.update(tlp="AMBER+STRICT")
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        assert not Warned.objects.exists()

    def test_a_source_that_ended(self, served: Any, register: Any, receive: Any, warn: Any, does: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"), kind="spdx", label="Zaaksysteem")
        warn(receive())
        register_sources.end_source(served, Source("spdx", "Zaaksysteem"), **does(at=LATER))
        assert Warned.objects.get().state == "lapsed"
        _the_same_from_scratch(served)

    def test_a_person_of_the_desk_stands_in_the_trail(self, served: Any, analyst: Person) -> None:
        found = register_file.look(files.csv(), "x.csv", on=TODAY)
        registering.take_over(served, found.lines, Source("cmdb"), name="x.csv", person=analyst, at=NOW)
        assert Entry.objects.get(act="advisories.register_changed").person == analyst


class TestVerify:
    def test_a_line_that_was_changed_behind_our_back_is_found(self, organisation: Any, register: Any) -> None:
        made = register(("Zaakzicht", "Zaaksysteem", "3.1"), ("Polderpost", "Mailserver", ""))
        assert not verify_advisories(organisation).faulty
        Line.objects.filter(product="Zaaksysteem").update(version="9.9")
        (row,) = verify_advisories(organisation).faulty
        assert (row.table, row.row, str(row.fault), row.columns) == (
            "register_upload",
            str(made.pk),
            "altered",
            ("after",),
        )
        Line.objects.filter(product="Zaaksysteem").update(version="3.1", answered="4")
        assert verify_advisories(organisation).faulty

    def test_a_line_that_nobody_brought_is_found(self, organisation: Any) -> None:
        Line.objects.create(
            organisation=organisation, ident="x", kind="cmdb", product="X", since=TODAY, confirmed=TODAY
        )
        (row,) = verify_advisories(organisation).faulty
        assert str(row.fault) == "untold"

    def test_an_upload_that_was_changed_too_is_found(self, organisation: Any, register: Any) -> None:
        register(("Zaakzicht", "Zaaksysteem", "3.1"))
        Line.objects.update(version="9.9")
        Upload.objects.update(after=registering.digest_of(organisation))
        assert [str(each.fault) for each in verify_advisories(organisation).faulty] == ["altered"]


def _software(version: str = "1.18.0", product: str = "nginx:nginx") -> Software:
    return Software(product, product.partition(":")[2], version, "192.0.2.1", "server", f"{product}/{version}", "")


class TestMeasured:
    def test_written_when_it_changed_and_only_then(self, organisation: Any) -> None:
        told = {"on": TODAY, "at": NOW}
        assert measured.measured(organisation, "www.dijkstad.example", [_software()], **told) is not None
        assert measured.measured(organisation, "www.dijkstad.example", [_software()], **told) is None
        later = {"on": TODAY + timedelta(days=1), "at": LATER}
        assert measured.measured(organisation, "www.dijkstad.example", [_software()], **later) is None
        row = Line.objects.get()
        assert (row.kind, row.label, row.exposed, row.version) == ("perimeter", "www.dijkstad.example", True, "1.18.0")
        assert measured.measured(organisation, "www.dijkstad.example", [_software("1.20.0")], **later).changed == 1
        assert Upload.objects.count() == Entry.objects.filter(act="advisories.measured").count() == 2
        assert not verify_advisories(organisation).faulty

    def test_confirmed_once_a_month_so_that_it_does_not_grow_old(self, organisation: Any) -> None:
        measured.measured(organisation, "www.dijkstad.example", [_software()], on=TODAY, at=NOW)
        month = timedelta(days=30)
        assert measured.measured(organisation, "www.dijkstad.example", [_software()], on=TODAY + month, at=NOW + month)
        assert Line.objects.get().confirmed == TODAY + month

    def test_names_do_not_take_lines_of_each_other(self, organisation: Any) -> None:
        for name in ("www.dijkstad.example", "mail.dijkstad.example", "x" * 240 + ".example"):
            measured.measured(organisation, name, [_software()], on=TODAY, at=NOW)
        measured.measured(organisation, "www.dijkstad.example", [], on=TODAY, at=LATER)
        assert Line.objects.filter(gone__isnull=True).count() == 2
        assert measured.measured(organisation, "www.dijkstad.example", [], on=TODAY, at=LATER) is None
        assert measured.measured(organisation, "x" * 240 + ".example", [_software()], on=TODAY, at=LATER) is None

    def test_tick_passes_on_what_changed(self, organisation: Any) -> None:
        from dijkwacht.apps.perimeter.models import Domain, Reading, Run
        from dijkwacht.commands.register import pass_on_measured

        domain = Domain.objects.create(
            organisation=organisation, name="www.dijkstad.example", added_at=NOW, seen_at=NOW
        )
        run = Run.objects.create(organisation=organisation, kind="asked", started_at=NOW, policy="x", tool="x")
        about = {
            "product": "nginx:nginx", "title": "nginx", "version": "1.18.0", "where": "server", "evidence": "nginx",
            "distribution": "",
        }  # fmt: skip
        row = Reading.objects.create(
            domain=domain, area="names", check_id="software_version", word="warning", peer="not_tested", since=NOW, run=run,
            targets=[{"target": "192.0.2.1", "word": "warning", "why": [{"code": "software_exposed", "params": about}]}],
        )  # fmt: skip
        assert pass_on_measured(on=TODAY, at=NOW) == 1
        assert pass_on_measured(on=TODAY, at=NOW) == 0
        assert Line.objects.get().product == "nginx"
        row.word, row.targets = "not_tested", []
        row.save()
        assert pass_on_measured(on=TODAY, at=LATER) == 0  # could not be measured: it stays
        row.word = "passed"
        row.save()
        assert pass_on_measured(on=TODAY, at=LATER) == 1
        assert not Line.objects.filter(gone__isnull=True).exists()


class TestNames:
    def test_of_an_organisation_for_itself_only(
        self, served: Any, make_organisation: Any, csirt: Any, register: Any, receive: Any, does: Any
    ) -> None:
        other = make_organisation("elders")
        serving.join(other, desk=csirt, basis="Aansluiting", **does())
        for each in (served, other):
            register(("Polderpost", "Postbode", "3.1"), to=each)
        receive(products=MAIL)
        assert not Concern.objects.exists()
        alias = naming.confirm(served, names=NAMES, **does())
        assert [each.organisation for each in Concern.objects.all()] == [served]
        _the_same_from_scratch(served)
        naming.end(alias, **does(at=LATER))
        assert not Concern.objects.exists()
        _the_same_from_scratch(served)
        with pytest.raises(Refused, match="ended"):
            naming.end(alias, **does(at=LATER))

    def test_of_a_desk_for_all_that_it_serves_and_only_what_changes(
        self, served: Any, csirt: Any, analyst: Person, register: Any, receive: Any, warn: Any
    ) -> None:
        register(("Polderpost", "Postbode", "3.1"), ("Zaakzicht", "Zaaksysteem", "3.1"))
        warn(receive(products=MAIL))
        receive("VB-2026-0002")
        receive("VB-2026-0003", products=(("Polderpost", "Postbode", "3.1"),))  # names it as it is registered
        kept = set(Row.objects.filter(advisory__number="VB-2026-0002").values_list("pk", flat=True))
        alias = naming.confirm(csirt, names=NAMES, person=analyst, at=NOW)
        assert Warned.objects.get().advisory.number == "VB-2026-0001"
        assert Concern.objects.count() == 3
        assert set(Row.objects.filter(advisory__number="VB-2026-0002").values_list("pk", flat=True)) == kept
        assert {each.key for each in Told.objects.filter(vendor="Polderpost")} == {"n|polderpost|mailserver"}
        _the_same_from_scratch(served)
        naming.end(alias, person=analyst, at=LATER)
        assert Concern.objects.filter(advisory__number="VB-2026-0003").exists()
        assert not Concern.objects.filter(advisory__number="VB-2026-0001").exists()
        assert Warned.objects.get().state == "lapsed"
        _the_same_from_scratch(served)

    def test_what_is_too_much_to_wait_for_is_done_by_tick(
        self, served: Any, csirt: Any, analyst: Person, register: Any, receive: Any, warn: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(renaming, "AT_ONCE", 0)
        register(("Polderpost", "Postbode", "3.1"), ("Zaakzicht", "Zaaksysteem", "3.1"))
        warn(receive(products=MAIL))
        receive("VB-2026-0003", products=(("Polderpost", "Postbode", "3.1"),))
        naming.confirm(csirt, names=NAMES, person=analyst, at=NOW)
        assert not Warned.objects.exists()
        assert waiting(csirt) == (1, 1)
        with monkeypatch.context() as killed:
            killed.setattr(renaming.looking.warning, "look_again", lambda *_told, **_deed: 1 / 0)
            faults = Faults()
            renaming.carry_on(at=LATER, faults=faults)
            assert faults.count == 1
        assert waiting(csirt) == (1, 0)  # matched, and nobody was told yet
        assert renaming.carry_on(at=LATER) == 0
        assert [each.advisory.number for each in Warned.objects.all()] == ["VB-2026-0001"]
        assert waiting(csirt) == (0, 0)
        assert tick(at=LATER).renamed == 0
        _the_same_from_scratch(served)

    def test_a_whole_vendor_and_a_chain_over_both(
        self, served: Any, csirt: Any, analyst: Person, register: Any, receive: Any, does: Any
    ) -> None:
        register(("PP", "Mailserver", "3.1"))
        receive(products=MAIL)
        naming.confirm(served, names={"vendor": "PP", "to_vendor": "Polderpost Diensten"}, **does())
        assert not Concern.objects.exists()
        naming.confirm(
            csirt, names={"vendor": "Polderpost Diensten", "to_vendor": "Polder Post"}, person=analyst, at=NOW
        )
        assert Concern.objects.get().sure
        _the_same_from_scratch(served)

    def test_a_document_that_names_its_product_by_cpe_only_follows_too(
        self, served: Any, csirt: Any, analyst: Person, register: Any, receive: Any
    ) -> None:
        advisory = receive(products=MAIL)
        Row.objects.filter(advisory=advisory).update(product="n|polderpost|postbode")
        Told.objects.filter(advisory=advisory).delete()
        naming.confirm(csirt, names=NAMES, person=analyst, at=NOW)
        assert Row.objects.filter(advisory=advisory, product="n|polderpost|mailserver").exists()

    def test_what_may_not_be_seen_is_not_proposed(self, served: Any, register: Any, receive: Any, people: Any) -> None:
        register(("Polderpost", "Mail Server Plus", "3.1"))
        advisory = receive(products=(("Polderpost", "Mailserver Plus Server", "vers:unknown/<3.2"),))
        assert len(for_organisation(served, people("auditor"), at=NOW)) == 1
        Advisory.objects.filter(pk=advisory.pk).update(tlp="AMBER")
        assert not for_organisation(served, people("auditor"), at=NOW)

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            ({"vendor": ""}, "empty"), ({"to_product": ""}, "half_alias"), ({"product": "™"}, "no_words"),
            ({"vendor": "x" * 301}, "long"),
            ({"to_vendor": "Polderpost B.V.", "to_product": "Post-bode"}, "same_name"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_one_is_refused(self, organisation: Any, does: Any, names: Any, code: str) -> None:
        with pytest.raises(Refused, match=code):
            naming.confirm(organisation, names={**NAMES, **names}, **does())
        assert not Alias.objects.exists()

    def test_a_circle_does_no_harm(self, served: Any, register: Any, receive: Any, does: Any) -> None:
        register(("Polderpost", "Postbode", "3.1"))
        receive(products=MAIL)
        naming.confirm(served, names=NAMES, **does())
        back = {"vendor": "Polder Post", "product": "Mailserver", "to_vendor": "Polderpost", "to_product": "Postbode"}
        naming.confirm(served, names=back, **does())
        _the_same_from_scratch(served)


def test_a_subscription_catches_after_a_register_changed_too(
    served: Any, register: Any, receive: Any, does: Any
) -> None:
    following.follow(served, kind="keyword", text="zaaksysteem", **does())
    receive()
    assert Concern.objects.get().caught
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    assert Concern.objects.get().sure
    register(("Anders", "Iets", ""), at=LATER)
    assert Concern.objects.get().caught  # touches no line any more, and is followed still
    _the_same_from_scratch(served)


class TestHugeAndHostile:
    def test_many_lines_of_one_application(self, organisation: Any) -> None:
        deed = {"name": "bom.json", "person": None, "actor": "t"}
        found = register_file.look(files.sbom(3_000), "bom.json", on=TODAY)
        registering.take_over(organisation, found.lines, Source("cyclonedx", "X"), **deed, at=NOW)
        assert Line.objects.count() == Asset.objects.count() == 3_001
        found = register_file.look(files.sbom(10), "bom.json", on=TODAY)
        registering.take_over(organisation, found.lines, Source("cyclonedx", "X"), **deed, at=LATER)
        assert Asset.objects.count() == 11

    @pytest.mark.parametrize(
        "data", [b"", b"\xff\xfe", b"{" * 5000, b"<" * 5000, b"PK\x03\x04" + b"\0" * 100, b";;;\n;;;"]
    )
    def test_what_is_no_register_is_a_problem(self, organisation: Any, data: bytes) -> None:
        found = register_file.look(data, "x", on=TODAY)
        assert found.lines.problems
        with pytest.raises(Refused, match="not_usable"):
            registering.take_over(organisation, found.lines, Source("cmdb"), name="x", person=None, actor="t", at=NOW)
        assert not Entry.objects.exists()
