"""Subjects in the register: what they turn, and that none is ever deleted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from dijkwacht.apps.ledger.models import Subject, Verdict
from dijkwacht.apps.ledger.queries import subjects as reads
from dijkwacht.apps.ledger.queries import verdicts
from dijkwacht.apps.ledger.queries.pinned import _Since
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.services import facts, subjects
from dijkwacht.apps.ledger.services.recording import Refusal
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.verdict import Status
from tests.ledger.small import TODAY

Say = Callable[..., facts.Receipt]
Register = Callable[..., Subject]


def lines(organisation: Organisation, requirement: str) -> dict[str, Status]:
    found = verdicts.lines(organisation, requirements=[requirement], on=TODAY)
    return {line.subject: line.verdict.status for line in found}


def test_a_registered_subject_has_lines_of_its_own(register: Register, say: Say, organisation: Organisation) -> None:
    say("house.mfa", True)
    assert lines(organisation, "cbw:2") == {"dijkstad": Status.UNKNOWN}
    one, two = register("supplier", "Bouw & Co"), register("supplier", "Bouw & Co")
    assert (one.key, two.key) == ("bouw-co", "bouw-co-2")
    assert lines(organisation, "cbw:2") == {"bouw-co": Status.UNKNOWN, "bouw-co-2": Status.UNKNOWN}
    say("supplier.certified", True, subject=one)
    assert lines(organisation, "cbw:2") == {"bouw-co": Status.MET, "bouw-co-2": Status.UNKNOWN}


def test_the_register_declared_complete_decides(
    register: Register, say: Say, organisation: Organisation, ciso: Person, at: datetime
) -> None:
    receipt = subjects.declare_complete(organisation, kind="system", person=ciso, on=TODAY, at=at)
    assert {(each.requirement, each.after) for each in receipt.verdicts_changed} == {
        ("bio2:6", Status.MET), ("bio2:7", Status.NOT_APPLICABLE),
    }  # fmt: skip
    system = register("system", "Zaaksysteem")
    assert lines(organisation, "bio2:6") == {"dijkstad": Status.UNKNOWN}
    say("system.critical", True, subject=system)
    say("system.restored_on", TODAY - timedelta(days=30), subject=system)
    assert lines(organisation, "bio2:6") == {"dijkstad": Status.MET}
    back = subjects.declare_complete(organisation, kind="system", person=ciso, on=TODAY, at=at, complete=False)
    assert {(each.requirement, each.after) for each in back.verdicts_changed} == {("bio2:6", Status.UNKNOWN)}


def test_a_reference_that_dangled_is_followed_once_its_subject_is_there(
    register: Register, say: Say, organisation: Organisation
) -> None:
    system, supplier = register("system", "Zaaksysteem"), register("supplier", "Bouw")
    say("system.supplier", supplier.key, subject=system)
    say("supplier.certified", True, subject=supplier)
    assert lines(organisation, "bio2:7") == {"zaaksysteem": Status.MET}


def test_archiving_takes_the_lines_away_and_the_past_stays(
    register: Register, say: Say, organisation: Organisation, ciso: Person, at: datetime
) -> None:
    before = TODAY - timedelta(days=10)
    supplier = register("supplier", "Bouw", on=before)
    say("supplier.certified", True, subject=supplier, on=before)
    subjects.archive_subject(supplier, person=ciso, on=TODAY, at=at)
    assert lines(organisation, "cbw:2") == {"dijkstad": Status.UNKNOWN}
    assert not Verdict.objects.filter(subject=supplier).exists()
    then = verdicts.replay(organisation, requirements=["cbw:2"], on=before, known_at=before)
    assert [(line.subject, line.verdict.status) for line in then] == [("bouw", Status.MET)]
    assert list(reads.subjects(organisation)) == []
    assert list(reads.subjects(organisation, archived=True)) == [supplier]
    with pytest.raises(Refusal, match="closed"):
        subjects.archive_subject(supplier, person=ciso, on=TODAY, at=at)
    assert register("supplier", "Bouw").key == "bouw-2"  # a key is never used again


def test_the_organisation_itself_cannot_be_archived(own: Subject, ciso: Person, at: datetime) -> None:
    with pytest.raises(Refusal, match="closed"):
        subjects.archive_subject(own, person=ciso, on=TODAY, at=at)


def test_a_new_name_and_an_owner_are_in_the_trail(register: Register, ciso: Person, at: datetime) -> None:
    system = register("system", "Zaaksysteem")
    subjects.rename_subject(system, name=" Zaak \n systeem ", person=ciso, on=TODAY, at=at)
    subjects.set_owner(system, owner=ciso, person=ciso, on=TODAY, at=at)
    found = reads.subject(system.organisation, "zaaksysteem")
    assert found is not None
    assert (found.name, found.owner, found.key) == ("Zaak systeem", ciso, "zaaksysteem")
    assert [entry.act for entry in Entry.objects.order_by("seq")] == [
        "ledger.subject_registered", "ledger.subject_renamed", "ledger.subject_owner",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "key", "code"),
    [
        ("castle", "x", "", "kind"), ("organisation", "x", "", "kind"), ("system", "  ", "", "name"),
        ("system", "a\0b", "", "name"), ("system", "x", "a|b", "key"), ("system", "x", "dijkstad", "key"),
        ("system", "x", "k" * 81, "key"),
    ],
)  # fmt: skip
def test_what_cannot_be_registered(register: Register, kind: str, name: str, key: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        register(kind, name, key=key)
    assert not Entry.objects.exists()


def test_a_name_without_letters_has_a_key(register: Register) -> None:
    assert register("system", "★ ★").key == "x"


def test_keys_are_per_organisation(register: Register, other_organisation: Organisation) -> None:
    assert register("system", "Zaak").key == register("system", "Zaak", organisation=other_organisation).key
    assert reads.subject(other_organisation, "dijkstad") is None


def test_registered_after_the_day_it_is_not_there(register: Register, organisation: Organisation) -> None:
    register("supplier", "Bouw")
    before = TODAY - timedelta(days=1)
    found = verdicts.replay(organisation, requirements=["cbw:2"], on=date(2026, 1, 1), known_at=before)
    assert [line.subject for line in found] == ["dijkstad"]


def test_many_at_once_take_one_entry_per_some_hundreds(
    organisation: Organisation, ciso: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subjects, "IN_ONE_ENTRY", 2)
    names = ["Bouw & Co", "Bouw  & Co", "Wegen"]
    made = subjects.register_subjects(organisation, kind="supplier", names=names, person=ciso, on=TODAY, at=at)
    assert [(each.key, each.name) for each in made] == [
        ("bouw-co", "Bouw & Co"), ("bouw-co-2", "Bouw & Co"), ("wegen", "Wegen"),
    ]  # fmt: skip
    told = list(Entry.objects.filter(act="ledger.subjects_registered").order_by("seq").values_list("detail", flat=True))
    assert [each["subjects"] for each in told] == [
        {"bouw-co": "Bouw & Co", "bouw-co-2": "Bouw & Co"}, {"wegen": "Wegen"},
    ]  # fmt: skip
    assert set(lines(organisation, "cbw:2")) == {"bouw-co", "bouw-co-2", "wegen"}
    assert verify_register(organisation) == []


@pytest.mark.parametrize(
    ("kind", "name"), [("supplier", " "), ("supplier", "a\0"), ("organisation", "x"), ("odd", "x")]
)
def test_of_many_one_that_cannot_be_refuses_all(
    organisation: Organisation, ciso: Person, at: datetime, kind: str, name: str
) -> None:
    with pytest.raises(Refusal):
        subjects.register_subjects(organisation, kind=kind, names=["good", name], person=ciso, on=TODAY, at=at)
    assert not Subject.objects.filter(name="good").exists()


def test_what_was_registered_together_is_held_against_the_trail(
    organisation: Organisation, ciso: Person, at: datetime
) -> None:
    subjects.register_subjects(organisation, kind="supplier", names=["Bouw", "Wegen"], person=ciso, on=TODAY, at=at)
    Subject.objects.filter(key="wegen").update(name="Anders")
    (found,) = verify_register(organisation)
    assert (found.row, found.columns) == ("wegen", ("name",))


def test_before_they_were_registered_they_were_not_there(
    organisation: Organisation, ciso: Person, at: datetime
) -> None:
    subjects.register_subject(organisation, kind="supplier", name="Eerst", person=ciso, on=TODAY, at=at)
    seq = Entry.objects.filter(organisation=organisation).latest("seq").seq
    subjects.register_subjects(organisation, kind="supplier", names=["Bouw", "Wegen"], person=ciso, on=TODAY, at=at)
    assert _Since.of(organisation.pk, seq).registered == {"bouw", "wegen"}
