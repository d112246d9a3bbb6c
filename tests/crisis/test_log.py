"""A crisis and its log: only ever added to, in order, with what is not known at the top."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.adapters.crisis.mayor_card import document
from dijkwacht.adapters.documents.pdf import typeset
from dijkwacht.apps.crisis.crisis_page import card_paper
from dijkwacht.apps.crisis.models import Crisis, Line, MayorCard
from dijkwacht.apps.crisis.queries import log
from dijkwacht.apps.crisis.services import logging, weighing
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.crisis.services.papers import card_pdf
from dijkwacht.apps.people.models import Organisation
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.norms.read import clocks
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
Write = Callable[..., Line]


def test_nothing_is_known_at_first(crisis: Crisis) -> None:
    assert log.picture_of(log.lines(crisis)).unsaid == ("cause", "duration", "size")
    assert crisis.name == "C2026-01"


def test_lines_are_numbered_and_nothing_is_lost(crisis: Crisis, write: Write, does: dict[str, Any]) -> None:
    stale = Crisis.objects.get(pk=crisis.pk)  # what another person has before him
    write("fact", "One", certainty="known")
    logging.write_line(stale, kind="question", text="Two", **does)
    assert list(crisis.lines.values_list("number", "text")) == [(1, "One"), (2, "Two")]


def test_a_correction_is_a_new_line(crisis: Crisis, write: Write) -> None:
    write("fact", "A cable is cut", certainty="known", topic="cause")
    write("correction", "It was not a cable", about=1)
    found = log.picture_of(log.lines(crisis))
    assert found.known == ()
    assert "cause" in found.unsaid
    assert crisis.lines.get(number=1).text == "A cable is cut"


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("fact", {}, "certainty"), ("decision", {"reasons": "So"}, "decider"), ("decision", {"actor": "Mayor"}, "reasons"),
        ("answer", {"about": 77}, "about"), ("correction", {}, "about"), ("song", {}, "kind"),
        ("question", {"was_at": NOW + timedelta(hours=1)}, "later"),
    ],
)  # fmt: skip
def test_what_is_no_line(crisis: Crisis, write: Write, kind: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        write(kind, "Text", **more)
    assert not crisis.lines.exists()


def test_only_a_question_or_action_is_answered(write: Write) -> None:
    write("communication", "We told the press")
    with pytest.raises(Refused, match="alike"):
        write("answer", "Done", about=1)


def test_rungs_may_be_skipped(crisis: Crisis, does: dict[str, Any]) -> None:
    logging.scale(crisis, ladder="grip", level="grip3", reason="Care fails", decided_by="Mayor", **does)
    logging.scale(crisis, ladder="grip", level="grip0", reason="It is over", decided_by="Mayor", **does)
    crisis.refresh_from_db()
    assert crisis.grip == "grip0"
    assert crisis.digital == "digital0"
    assert [(each.was, each.level) for each in crisis.scalings.all()] == [("grip0", "grip3"), ("grip3", "grip0")]
    with pytest.raises(Refused, match="same"):
        logging.scale(crisis, ladder="grip", level="grip0", reason="Again", decided_by="Mayor", **does)
    with pytest.raises(Refused, match="level"):
        logging.scale(crisis, ladder="grip", level="digital3", reason="Wrong", decided_by="Mayor", **does)


def test_a_digital_source_begins_without_a_scene(crisis: Crisis, does: dict[str, Any]) -> None:
    assert log.handovers(crisis) == ()
    logging.scale(crisis, ladder="digital", level="digital3", reason="Care fails", decided_by="Mayor", **does)
    crisis.refresh_from_db()
    assert "start_without_place" in {each.id for each in log.handovers(crisis)}


def test_start_times_come_from_the_packs(crisis: Crisis, does: dict[str, Any]) -> None:
    assert log.start_times(crisis, at=NOW) == []
    logging.set_clock(crisis, alarm_at=NOW, called_at=None, **does)
    crisis.refresh_from_db()
    found = {each.rule.id: each.due for each, _standing in log.start_times(crisis, at=NOW)}
    rule = clocks().rules["bvr-232-1a-copi"]
    assert rule.term is not None
    assert found["bvr-232-1a-copi"] == NOW + rule.term.elapsed
    assert "bvr-232-1g-gbt" not in found  # runs from the call of the mayor
    logging.set_clock(crisis, alarm_at=NOW, called_at=NOW, **does)
    crisis.refresh_from_db()
    assert "bvr-232-1g-gbt" in {each.rule.id for each, _standing in log.start_times(crisis, at=NOW)}


def test_a_crisis_closes_with_something_to_do(crisis: Crisis, write: Write, does: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="lesson"):
        logging.close_crisis(crisis, evaluation="It went well", lessons=[], **does)
    logging.close_crisis(crisis, evaluation="Late", lessons=[logging.Wanted("Print lists", "CISO", TODAY)], **does)
    with pytest.raises(Refused, match="closed"):
        write("question", "Still there?")
    (lesson,) = log.open_lessons(crisis.organisation)
    logging.finish_lesson(lesson, result="Printed", **does)
    assert not log.open_lessons(crisis.organisation).exists()


def test_a_weighing_is_words(crisis: Crisis, does: dict[str, Any]) -> None:
    weighing.weigh_crisis(crisis, answers={"users": {"level": "heavy", "why": ""}}, conclusion="Care first", **does)
    found = log.last_weighing(crisis)
    assert found is not None
    assert found[1].heavy == ("users",)
    assert len(found[1].unknown) == len(crisis_pack().weighing.criteria) - 1
    with pytest.raises(Refused, match="kind"):
        weighing.weigh_crisis(crisis, answers={"users": {"level": "10"}}, conclusion="", **does)


def test_not_now_has_a_reason(crisis: Crisis, does: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="why_not"):
        weighing.inform(crisis, item="sign_language", state="not_now", **does)
    weighing.inform(crisis, item="sign_language", state="not_now", note="No interpreter yet", **does)
    weighing.inform(crisis, item="sign_language", state="done", **does)
    assert log.informed(crisis)["sign_language"].state == "done"


def _card(crisis: Crisis, does: dict[str, Any], **more: Any) -> MayorCard:
    most = weighing.LIMITS
    texts: dict[str, Any] = {
        name: ("Wateroverlast en storingen " * 40)[: most[name] - 1] + "."
        for name in ("happens", "residents", "decides", "asked", "advice", "unknown", "speaks", "next_what")
    }
    options = [
        {"what": ("Woonwijk ontruimen " * 9)[: most["what"]], "then": ("Mensen moeten weg " * 12)[: most["then"]]}
    ] * 3
    return weighing.write_card(crisis, **{"options": options, **texts, "next_at": NOW, **more}, **does)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_fullest_card_is_one_page(crisis: Crisis, does: dict[str, Any], language: str) -> None:
    card = _card(crisis, does)
    with translation.override(language):
        made = card_pdf(crisis, card)
        pages = typeset(document(card_paper(crisis, card)), form="png", ppi=36)
    assert made.startswith(b"%PDF")
    assert isinstance(pages, bytes), f"{len(pages)} pages"  # a list when there are more than one


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"happens": "x" * 400}, "long"), ({"unknown": " "}, "empty"), ({"options": []}, "options"),
        ({"residents": "a\nb\nc\nd"}, "long"),
    ],
)  # fmt: skip
def test_what_does_not_fit_on_a_card(crisis: Crisis, does: dict[str, Any], more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        _card(crisis, does, **more)


def test_numbers_go_on_within_the_year(organisation: Organisation, crisis: Crisis, does: dict[str, Any]) -> None:
    again = logging.open_crisis(organisation, title="Again", what="More", exercise=True, **does)
    assert again.name == "OC2026-02"
