"""Writing in the trail, the lock on what is written, and every way to tamper with it."""

from datetime import date, datetime, timedelta, timezone
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail import queries
from dijkwacht.apps.trail.models import Entry, Head, Written
from dijkwacht.apps.trail.services import record
from dijkwacht.core.chain import Break, genesis, link

ODD_DETAIL = {
    "whole": 1e20,
    "small": 1e-7,
    "share": 99.5,
    "day": date(2026, 11, 25),
    "text": "één – ’s",
    "deep": [{"a": None}],
}


@pytest.fixture
def five(organisation, make_person, at):
    """Five entries of our organisation, and two of another in between."""
    person = make_person("ciso")
    other = Organisation.objects.create(slug="polderveen", name="Polderveen", kind="municipality")
    for number in range(5):
        detail = {**ODD_DETAIL, "number": number}
        record(organisation, person=person, act="test.done", about=f"thing:{number}", detail=detail, at=at)
        if number in (1, 3):
            record(other, person=None, actor="tick", act="test.done", about="thing:x", detail={}, at=at)
    return organisation


def tamper(entry, **fields):
    with connection.cursor() as cursor:
        for field, value in fields.items():
            sql = f"UPDATE trail_entry SET {connection.ops.quote_name(field)} = %s WHERE seq = %s AND organisation_id = %s"
            cursor.execute(sql, [value, entry, Organisation.objects.get(slug="dijkstad").pk])


def delete(seq):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM trail_entry WHERE seq = %s AND organisation_id = %s",
            [seq, Organisation.objects.get(slug="dijkstad").pk],
        )


def verdict(organisation, **noted):
    broken = queries.verify(organisation, **noted)
    return broken and (broken.seq, broken.kind)


def test_the_first_entry_points_to_the_genesis_of_the_organisation(organisation, at):
    entry = record(organisation, person=None, actor="tick", act="test.done", about="thing:1", detail={}, at=at)
    assert (entry.seq, entry.previous) == (1, genesis("dijkstad"))
    assert entry.hash == link(entry.previous, entry.content("dijkstad"))
    assert queries.head(organisation).hash == entry.hash


def test_an_untouched_chain_holds_after_a_round_through_the_database(five):
    assert queries.verify(five) is None
    assert [entry.seq for entry in queries.entries(five)] == [5, 4, 3, 2, 1]


def test_an_organisation_without_entries_holds(organisation):
    assert queries.verify(organisation) is None
    assert queries.head(organisation).seq == 0


def test_a_moment_in_another_zone_is_the_same_moment(organisation, at):
    summer = at.astimezone(timezone(timedelta(hours=2)))
    record(organisation, person=None, actor="tick", act="test.done", about="x", detail={}, at=summer)
    assert Entry.objects.get().at == at
    assert queries.verify(organisation) is None


@pytest.mark.parametrize("detail", [{"a": float("nan")}, {"a": "nul\0"}, {"a": object()}, {1: "a"}])
def test_a_value_that_cannot_be_held_is_refused_and_writes_nothing(organisation, at, detail):
    with pytest.raises(ValueError, match="trail"):
        record(organisation, person=None, actor="tick", act="test.done", about="x", detail=detail, at=at)
    assert not Entry.objects.exists()


def test_a_moment_without_zone_is_refused(organisation):
    with pytest.raises(ValueError, match="time zone"):
        record(organisation, person=None, actor="tick", act="test.done", about="x", detail={}, at=datetime(2026, 1, 1))


def test_somebody_must_have_acted(organisation, at):
    with pytest.raises(ValueError, match="person or an actor"):
        record(organisation, person=None, act="test.done", about="x", detail={}, at=at)


def test_what_is_rolled_back_was_never_written(organisation, at):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(organisation, person=None, actor="tick", act="test.done", about="x", detail={}, at=at)
        raise RuntimeError
    assert not Entry.objects.exists()
    assert queries.head(organisation).seq == 0


def test_the_models_refuse_to_change_or_delete(five):
    entry = Entry.objects.first()
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(act="nothing")):
        with pytest.raises(Written):
            change()


@pytest.mark.parametrize("statement", ["UPDATE trail_entry SET act = 'nothing'", "DELETE FROM trail_entry"])
def test_the_database_refuses_to_change_or_delete(five, statement):
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert queries.verify(five) is None


def test_postgresql_refuses_to_empty_the_table(five):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    connection.check_constraints()  # PostgreSQL itself refuses while some are still to be checked
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute("TRUNCATE trail_entry")


@pytest.mark.usefixtures("unlocked_trail")
class TestTampering:
    """Someone with access to the database itself takes off the lock first."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("act", "test.undone"),
            ("about", "thing:9"),
            ("actor", "someone"),
            ("person_id", None),
            ("at", "2026-11-25 09:30:00.000001"),
            ("detail", '{"number": 7}'),
            ("hash", "0" * 64),
        ],
    )
    def test_changed_content(self, five, field, value):
        tamper(3, **{field: value})
        assert verdict(five) == (3, Break.HASH)

    def test_changed_pointer(self, five):
        tamper(3, previous="0" * 64)
        assert verdict(five) == (3, Break.PREVIOUS)

    def test_changed_content_with_its_hash_made_right(self, five):
        tamper(3, act="test.undone")
        entry = Entry.objects.get(organisation=five, seq=3)
        tamper(3, hash=link(entry.previous, entry.content("dijkstad")))
        assert verdict(five) == (4, Break.PREVIOUS)

    def test_removed_from_the_middle(self, five):
        delete(3)
        assert verdict(five) == (3, Break.GAP)

    def test_removed_and_the_numbers_closed(self, five):
        delete(3)
        tamper(4, seq=3)
        tamper(5, seq=4)
        assert verdict(five) == (3, Break.PREVIOUS)

    def test_the_tail_cut_off(self, five):
        delete(5)
        assert verdict(five) == (5, Break.CUT)

    def test_the_tail_cut_off_and_the_head_set_back(self, five):
        noted = {5: queries.head(five).hash}
        delete(5)
        Head.objects.filter(organisation=five).update(seq=4, hash=Entry.objects.get(organisation=five, seq=4).hash)
        assert verdict(five) is None
        assert verdict(five, noted=noted) == (5, Break.CUT)

    def test_two_entries_swapped(self, five):
        tamper(2, seq=99)
        tamper(3, seq=2)
        tamper(99, seq=3)
        assert verdict(five) == (2, Break.REORDERED)

    def test_an_entry_of_another_organisation_moved_in(self, five):
        delete(2)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE trail_entry SET organisation_id = %s WHERE seq = 2 AND about = 'thing:x'", [five.pk])
        assert verdict(five) == (2, Break.FOREIGN)

    def test_the_first_entry_of_another_organisation_moved_in(self, five):
        delete(1)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE trail_entry SET organisation_id = %s WHERE seq = 1 AND about = 'thing:x'", [five.pk])
        assert verdict(five) == (1, Break.FOREIGN)

    def test_another_head(self, five):
        Head.objects.filter(organisation=five).update(hash="0" * 64)
        assert verdict(five) == (5, Break.HEAD)

    def test_no_head(self, five):
        Head.objects.filter(organisation=five).delete()
        assert verdict(five) == (1, Break.UNSEALED)

    def test_added_outside_the_program(self, five, at):
        last = Entry.objects.get(organisation=five, seq=5)
        entry = Entry(organisation=five, seq=6, at=at, actor="x", act="a", about="b", detail={}, previous=last.hash)
        entry.hash = link(entry.previous, entry.content("dijkstad"))
        entry.save()
        assert verdict(five) == (6, Break.UNSEALED)

    def test_another_name_for_the_organisation(self, five):
        Organisation.objects.filter(pk=five.pk).update(slug="dijkdorp")
        five.refresh_from_db()
        assert verdict(five) == (1, Break.PREVIOUS)

    def test_the_other_organisation_is_not_touched_by_it(self, five):
        tamper(3, act="test.undone")
        assert verdict(Organisation.objects.get(slug="polderveen")) is None


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_double(at):
    slugs = ("dijkstad", "polderveen")
    pair = [Organisation.objects.create(slug=slug, name=slug, kind="municipality") for slug in slugs]
    failures = []

    def write():
        try:
            for number in range(10):
                for organisation in pair:
                    with transaction.atomic():
                        record(
                            organisation, person=None, actor="t", act="test.done", about=f"x:{number}", detail={}, at=at
                        )
        except Exception as failure:  # a thread would swallow it
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for organisation in pair:
        numbers = Entry.objects.filter(organisation=organisation).order_by("seq").values_list("seq", flat=True)
        assert list(numbers) == list(range(1, 41))
        assert queries.verify(organisation) is None
