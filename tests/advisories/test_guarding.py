"""One row that goes wrong stops neither the others nor the rest of a round; a source does not speak for another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from dijkwacht.adapters.csaf.write import write_csaf
from dijkwacht.apps.advisories.intake_words import finding_sentence
from dijkwacht.apps.advisories.models import Advisory, Document, Mail, Provider, Warned
from dijkwacht.apps.advisories.services import mailing, receiving, sourcing, ticking, triage, warning
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person
from tests.advisories.conftest import content, data
from tests.house_people import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def broken_for(number: str, deed: Callable[..., Any]) -> Callable[..., Any]:
    """The same verb, that fails for one advisory."""

    def one(advisory: Advisory, *args: Any, **told: Any) -> Any:
        if advisory.number == number:
            raise KeyError(number)
        return deed(advisory, *args, **told)

    return one


def test_an_advisory_that_cannot_be_told_stops_no_other(
    served: Organisation, register: Any, receive: Any, analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    for number, cve in (("VB-1", "CVE-2026-1001"), ("VB-2", "CVE-2026-1002")):
        monkeypatch.setattr(triage.warning, "fan_out", lambda *_args, **_told: [])
        triage.decide(receive(number, cves=(cve,)), decision="warn", person=analyst, at=NOW)
        monkeypatch.undo()
    monkeypatch.setattr(warning, "meant", broken_for("VB-1", warning.meant))
    done = ticking.tick(at=LATER)
    assert (done.warned, done.faults) == (1, 1)
    assert [each.advisory.number for each in Warned.objects.all()] == ["VB-2"]
    monkeypatch.undo()
    done = ticking.tick(at=LATER)
    assert (done.warned, done.faults) == (1, 0)


def test_a_step_of_the_round_that_fails_stops_no_other(served: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_args: Any, **_told: Any) -> int:
        raise KeyError("stuk")

    monkeypatch.setattr(ticking.overviews, "digests", breaks)
    done = ticking.tick(at=LATER)
    assert (done.faults, done.told) == (1, 0)


def test_a_letter_that_cannot_be_written_stops_no_other(
    served: Organisation, register: Any, receive: Any, analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    triage.decide(receive(kans="high"), decision="warn", person=analyst, at=NOW)
    first, letter, faults = Mail.objects.order_by("pk")[0], mailing.letter, Faults()

    def breaks(row: Mail, **told: Any) -> Any:
        if row.pk == first.pk:
            raise KeyError("stuk")
        return letter(row, **told)

    monkeypatch.setattr(mailing, "letter", breaks)
    assert (mailing.send_waiting(at=NOW, faults=faults), faults.count, len(mail.outbox)) == (1, 1, 1)
    first.refresh_from_db()
    assert (first.trouble, first.claimed_at) == (mailing.NOT_WRITTEN, None)
    monkeypatch.undo()
    assert mailing.send_waiting(at=NOW) == 1
    first.refresh_from_db()
    assert (first.trouble, first.sent_at) == ("", NOW)


def test_documents_that_come_in_tell_who_they_can(
    served: Organisation, register: Any, receive: Any, analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))
    triage.decide(receive("VB-1", cves=("CVE-2026-1001",)), decision="warn", person=analyst, at=NOW)
    monkeypatch.setattr(warning, "meant", broken_for("VB-1", warning.meant))
    receive(
        "VB-1", cves=("CVE-2026-1001",), version="2", fix="Installeer 3.2.1.", at=LATER
    )  # nobody hears of a stack trace
    monkeypatch.undo()
    assert Warned.objects.get().version == "1"
    assert ticking.tick(at=LATER).followed == 1


def brings(source: Provider | None, version: str = "1", **told: Any) -> str:
    """A document by one source: what became of it, with the first reason."""
    desk = Organisation.objects.get(kind="csirt")
    came = [Came(data("VB-2026-0001", version=version, **told), "vb-2026-0001.json")]
    took = receiving.receive(desk, came, provider=source, at=NOW, actor="test")
    (row,) = took.each
    return "known" if row is None else row.findings[0]["code"] if row.state == "aside" else row.state


@pytest.fixture
def add(csirt: Organisation) -> Callable[..., Provider]:
    return lambda where, **told: sourcing.add(csirt, name=where, where=where, person=None, at=NOW, actor="test", **told)


class TestWhoMayRevise:
    """Documents say that https://csirt.voorbeeld.example published them."""

    def test_the_first_source_and_the_publisher_itself_and_no_other(self, add: Any, analyst: Person) -> None:
        first, other, publisher = add("eerste.example"), add("ander.example"), add("csaf.csirt.voorbeeld.example")
        assert [brings(first), brings(first, "2")] == ["read", "read"]
        assert [brings(other, "999"), brings(other, "3")] == ["another_source", "another_source"]
        assert Advisory.objects.get().version == "2"
        assert brings(publisher, "3") == "read"  # the very bytes that another source was not believed
        assert Advisory.objects.get().version == "3"
        aside = Document.objects.get(version="999")
        assert "eerste.example" in finding_sentence(aside.findings[0])
        receiving.read_anyway(aside, because="Nagevraagd.", person=analyst, at=NOW)
        assert brings(other, "1000") == "read"

    def test_who_passes_on_documents_of_others_may_and_so_may_a_person(self, add: Any) -> None:
        assert brings(add("eerste.example")) == "read"
        assert brings(add("lijst.example", passes_on=True), "2") == "read"
        assert brings(None, "3") == "read"

    def test_a_source_that_was_ended_and_added_anew_is_the_same(self, add: Any) -> None:
        first = add("eerste.example")
        assert brings(first) == "read"
        sourcing.end(first, person=None, at=NOW, actor="test")
        assert brings(add("eerste.example"), "2") == "read"

    def test_nobody_else_says_that_it_is_ours(
        self, add: Any, give_out: Any, csirt: Organisation, settings: Any
    ) -> None:
        document, lister = give_out().document, add("lijst.example", passes_on=True)
        for publisher in (document.publisher, f"{settings.DIJKWACHT_URL.upper()}/o/{csirt.slug}/"):
            said = replace(content(document.number, version="999"), publisher=publisher)
            made = write_csaf(replace(said, revisions=(("999", said.revised.isoformat(), "Weg"),)))
            for source in (lister, None):
                row = receiving.receive(csirt, [Came(made, "x.json")], provider=source, at=NOW, actor="test").each[0]
                assert row is None or row.findings[0]["code"] == "our_name"
        assert Advisory.objects.get().document == document
