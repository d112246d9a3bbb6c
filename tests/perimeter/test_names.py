"""Names: added all or nothing, decided upon, given an owner; each has a subject in the ledger while it is ours."""

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.queries.verify_register import verify_register
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.perimeter.models import Domain, DomainState
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.apps.perimeter.refusal_words import refusals
from dijkwacht.apps.perimeter.services import names
from dijkwacht.apps.perimeter.services.names import BadLines, Refused
from dijkwacht.apps.trail.models import Entry
from tests.perimeter.conftest import NOW, TODAY


def test_names_are_read_as_people_write_them(organisation, by) -> None:
    lines = ["https://WWW.Dijkstad.test/loket", "", "# ours", "mail.dijkstad.test.  # mail", "www.dijkstad.test"]
    added = names.add(organisation, names=lines, **by("ciso"))
    assert [each.name for each in added.new] == ["www.dijkstad.test", "mail.dijkstad.test"]
    assert all(each.subject.kind == "domain" and each.due == NOW for each in added.new)


def test_a_list_with_a_wrong_line_adds_nothing(organisation, by) -> None:
    with pytest.raises(BadLines) as caught:
        names.add(organisation, names=["good.test", "192.0.2.1", "-x.test", "single"], **by("ciso"))
    assert [(each.number, each.code) for each in caught.value.lines] == [(2, "address"), (3, "label"), (4, "single")]
    assert not Domain.objects.exists()


def test_of_many_wrong_lines_twenty_are_told(organisation, by) -> None:
    with pytest.raises(BadLines) as caught:
        names.add(organisation, names=["1"] * 23, **by("ciso"))
    assert (len(caught.value.lines), caught.value.more) == (20, 3)


def test_nothing_and_too_much_are_refused(organisation, by, monkeypatch) -> None:
    with pytest.raises(Refused, match="none"):
        names.add(organisation, names=["", "# nothing"], **by("ciso"))
    monkeypatch.setattr(names, "MOST_LINES", 1)
    with pytest.raises(Refused, match="many"):
        names.add(organisation, names=["a.test", "b.test"], **by("ciso"))


def test_what_stands_is_counted_and_not_told_again(organisation, domain, by) -> None:
    before = Entry.objects.count()
    added = names.add(organisation, names=[domain.name], **by("ciso"))
    assert (added.new, added.known) == ((), 1)
    assert Entry.objects.count() == before


def test_a_long_list_takes_several_entries(organisation, by, monkeypatch) -> None:
    monkeypatch.setattr(names, "IN_ONE_ENTRY", 2)
    names.add(organisation, names=["a.test", "b.test", "c.test"], **by("ciso"))
    told = [each.detail["names"] for each in Entry.objects.filter(act="perimeter.added").order_by("seq")]
    assert told == [["a.test", "b.test"], ["c.test"]]


def test_the_subject_that_has_this_name_already_is_taken(organisation, by) -> None:
    stood = register_subject(organisation, kind="domain", name="WWW.dijkstad.test", **by("ciso"))
    (made,) = names.add(organisation, names=["www.dijkstad.test"], **by("ciso")).new
    assert made.subject == stood


def test_a_proposal_is_not_measured_and_not_in_the_ledger(organisation, by) -> None:
    (found,) = names.add(organisation, names=["old.test"], state=DomainState.PROPOSED, found_by="ct", **by("ciso")).new
    assert (found.due, found.subject) == (None, None)
    watched = names.decide(found, state="watched", **by("ciso"))
    assert watched.due == NOW
    assert watched.subject is not None


def test_what_is_not_ours_leaves_the_ledger_and_may_come_back(domain, by) -> None:
    with pytest.raises(Refused, match="note"):
        names.decide(domain, state="not_ours", note=" ", **by("ciso"))
    gone = names.decide(domain, state="not_ours", note="of a club", **by("ciso"))
    assert (gone.subject, gone.due) == (None, None)
    assert Subject.objects.get(name=domain.name).archived_at == TODAY
    back = names.decide(gone, state="watched", **by("ciso"))
    assert back.subject is not None
    assert back.subject.archived_at is None


def test_the_same_again_is_no_act(domain, by) -> None:
    before = Entry.objects.count()
    names.decide(domain, state="watched", **by("ciso"))
    assert Entry.objects.count() == before


@pytest.mark.parametrize("state", ["proposed", "nonsense", ""])
def test_what_is_no_decision_is_refused(domain, by, state) -> None:
    with pytest.raises(Refused, match="state"):
        names.decide(domain, state=state, **by("ciso"))


def test_an_owner_comes_and_goes(domain, people) -> None:
    owned = names.give_owner(domain, owner=people("process_owner"), person=people("ciso"), at=NOW)
    assert owned.owner == people("process_owner")
    assert names.give_owner(domain, owner=None, person=people("ciso"), at=NOW).owner is None


def test_more_than_a_page_can_do_is_refused_there_and_told_how(organisation, by) -> None:
    with pytest.raises(Refused) as caught:
        names.add(organisation, names=["a.test", "b.test"], most=1, **by("ciso"))
    assert (caught.value.code, caught.value.params) == ("many_here", {"most": 1})
    assert "dijkwacht perimeter add" in refusals(caught.value)[0]
    assert not Domain.objects.exists()


def test_how_far_it_is_can_be_heard(organisation, by, monkeypatch) -> None:
    monkeypatch.setattr(names, "IN_ONE_ENTRY", 2)
    heard = []
    lines = ["a.test", "b.test", "c.test"]
    names.add(organisation, names=lines, told=lambda *told: heard.append(told), **by("ciso"))
    assert heard == [("read", 3), ("registered", 3), ("added", 2), ("added", 3)]


def test_many_names_take_few_entries_and_few_questions(organisation, by, django_assert_max_num_queries) -> None:
    """Not one entry of the ledger for each: a file of a large municipality must end."""
    names.add(organisation, names=["first.test"], **by("ciso"))
    before = Entry.objects.count()
    with django_assert_max_num_queries(90):
        names.add(organisation, names=[f"n{number}.test" for number in range(600)], **by("ciso"))
    assert Entry.objects.count() - before == 4
    assert Domain.objects.filter(subject__isnull=True).count() == 0
    assert verify_perimeter(organisation).faulty == []
    assert verify_register(organisation) == []
