"""The component of a legal term: what is left, which colour, and what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from dijkwacht.web import clock
from dijkwacht.web.term_row import TermRow, left_words

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def row(state: str = "running", *, hours: float | None = 21, **more) -> TermRow:
    due = None if hours is None else AT + timedelta(hours=hours)
    left = None if hours is None else timedelta(hours=hours)
    return TermRow(
        **{
            "rule": "cbw-26", "name": "Early warning", "article": "Cbw 26(1)", "to": "the CSIRT", "state": state,
            "word": "running", "started": AT - timedelta(hours=3), "due": due, "left": left, **more,
        }
    )  # fmt: skip


def shown(term: TermRow, monkeypatch: pytest.MonkeyPatch, **more) -> str:
    monkeypatch.setattr(clock, "now", lambda request: AT)
    context = Context({"row": term, "request": RequestFactory().get("/"), **more})
    return Template("{% load ui %}{% term row short=short|default:False %}").render(context)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(hours=21, minutes=4), "21 hours and 4 minutes left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59, seconds=59), "59 minutes left"),
        (timedelta(seconds=20), "0 minutes left"),
        (timedelta(hours=48), "2 days left"),
        (timedelta(days=3, hours=2, minutes=50), "3 days and 2 hours left"),
        (timedelta(days=30, hours=23), "30 days left"),
        (-timedelta(hours=2, minutes=30), "2 hours and 30 minutes too late"),
        (-timedelta(days=20), "20 days too late"),
    ],
)
def test_time_left_is_exact_where_it_presses(left: timedelta, said: str) -> None:
    with translation.override("en"):
        assert left_words(left) == said


@pytest.mark.parametrize(
    ("state", "tone", "presses"),
    [
        ("running", "", True), ("warned", "", True), ("due_soon", "soon", True), ("overdue", "late", True),
        ("open", "", True), ("waiting", "waits", False), ("done_in_time", "done", False), ("done_late", "done", False),
        ("replaced", "done", False),
    ],
)  # fmt: skip
def test_only_what_is_overdue_is_red(state: str, tone: str, presses: bool) -> None:
    assert (row(state).tone, row(state).presses) == (tone, presses)


class TestShown:
    @pytest.fixture(autouse=True)
    def _english(self):
        with translation.override("en"):
            yield

    def test_it_says_what_to_whom_until_when_and_why(self, monkeypatch) -> None:
        text = shown(row(why=["24 hours are counted."], doubts=["The law is silent."]), monkeypatch)
        for part in ("Early warning", "Cbw 26(1)", "to the CSIRT", "21 hours left", "26 November 2026, 07:00",
                     "24 hours are counted.", "The law is silent.", "Uncertain"):  # fmt: skip
            assert part in text
        assert "deadline--late" not in text

    def test_too_late_is_said_in_words_and_in_red(self, monkeypatch) -> None:
        text = shown(row("overdue", hours=-2), monkeypatch)
        assert "2 hours too late" in text
        assert "deadline--late" in text

    def test_what_has_no_end_says_since_when(self, monkeypatch) -> None:
        text = shown(row("open", hours=None, word="counting up"), monkeypatch)
        assert "counting up" in text
        assert "3 hours ago" in text

    def test_what_is_done_says_when_and_asks_nothing(self, monkeypatch) -> None:
        done = row("done_late", done=AT, word="done too late", url="/x", action="Write")
        text = shown(done, monkeypatch)
        assert "done too late" in text
        assert "utrecht-button" not in text

    def test_what_to_do_is_a_button_that_names_the_term(self, monkeypatch) -> None:
        text = shown(row(url="/schrijf", action="Write this report"), monkeypatch)
        assert 'href="/schrijf"' in text
        assert 'Write this report<span class="hidden">: Early warning</span>' in text

    def test_short_leaves_out_why(self, monkeypatch) -> None:
        assert "details" not in shown(row(why=["x"]), monkeypatch, short=True)

    def test_names_are_never_markup(self, monkeypatch) -> None:
        assert "<b>" not in shown(row(about="<b>CSIRT</b>"), monkeypatch)
