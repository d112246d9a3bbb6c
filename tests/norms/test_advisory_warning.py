"""The rules of warning: what stands in them, and that a mistake in them is told with its line."""

import shutil
from datetime import time, timedelta
from pathlib import Path

import pytest

from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.warning import Choice, Wait
from dijkwacht.core.days import Duration
from dijkwacht.norms.advisory_warning import READINGS, ROOT, advisory_problems, read_warning, warning_rules
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import check, clocks
from dijkwacht.norms.text import parse

SOURCE = (ROOT / "advisories" / "warning.yaml").read_text(encoding="utf-8")


def test_what_stands_in_it() -> None:
    rules = warning_rules()
    assert set(rules.levels) == set(LEVELS)
    assert [rules.levels[each].how for each in LEVELS] == ["digest", "digest", "at_once", "at_once"]
    assert rules.levels["urgent"].steps[-1] == ("phone", Wait(8, "hours"))
    assert (rules.digest, rules.weekly.weekday, rules.weekly.at) == (time(7), 0, time(7))
    assert (rules.fresh, rules.grace) == (Duration(12, 0), Duration(0, 7))
    assert rules.ending == (14, 1)
    assert all(f" {n} da" in text for n in rules.ending for text in rules.said["ending"].text.values())


def test_its_free_days_are_those_of_the_clocks() -> None:
    assert warning_rules().calendar == clocks().calendar


def test_every_choice_says_that_it_is_ours_or_what_it_rests_on() -> None:
    said = warning_rules().said
    assert set(said) == {*LEVELS, "digest", "weekly", "fresh", "grace", "ending", *READINGS}
    for each in said.values():
        assert isinstance(each, Choice)
        assert set(each.text) == set(each.uncertain) == {"nl", "en"}
        assert each.source


@pytest.mark.parametrize("level", ["urgent", "high", "normal"])
def test_the_words_name_the_figures(level: str) -> None:
    """A figure that changes in one place only would make the page lie."""
    for _, wait in warning_rules().levels[level].steps:  # type: ignore[index]
        for text in warning_rules().said[level].text.values():
            assert f" {wait.n} " in text


def test_an_urgent_warning_is_phoned_about_well_within_a_day() -> None:
    (_, wait) = warning_rules().levels["urgent"].steps[-1]
    assert timedelta(hours=wait.n) < timedelta(hours=24)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("id: urgent\n    told: at_once", "id: urgent\n    told: digest", "urgent never waits"),
        ("told: digest", "told: later", "unknown told later"),
        ("id: low", "id: laag", "unknown id laag"),
        ("days: [14, 1]", "days: [1, 14]", "a list of numbers of days"),
        ("days: [14, 1]", "days: 14", "a list of numbers of days"),
        ("reminder: 2 hours", "reminder: twee uur", "must be a number of hours"),
        ("reminder: 2 hours", "reminder: 0 hours", "must be a number of hours"),
        ("reminder: 2 hours", "reminder: 2 days", "must be a number of hours"),
        ("reminder: 2 hours", "reminder: 5 hours", "waits longer than the one before"),
        ("reminder: 2 hours", "reminder: 4 hours", "waits longer than the one before"),
        ("reminder: 2 hours", "reminder: 1 working days", "in the same unit"),
        ("    reminder: 2 hours\n", "", "steps come in order"),
        ('at: "07:00"', 'at: "25:00"', "an hour such as 07:00"),
        ("weekday: monday", "weekday: maandag", "unknown weekday maandag"),
        ("within: P1Y", "within: een jaar", "must be a duration"),
        ("within: P7D", "within: P0D", "no time at all"),
        ("  within: P7D\n", "", "within is missing"),
        ("id: week_ends", "id: week_stops", "there is no reading week_ends"),
        ("digest:\n", "dagbericht: {}\ndigest:\n", "unknown key dagbericht"),
        ("    phone: 8 hours\n", "    bellen: 8 hours\n", "unknown key bellen"),
        ('source: "Keuze van Dijkwacht"', 'source: ""', "source is missing"),
        ('  uncertain: {nl: "Dag en uur zijn onze keuze.", en: "Day and hour are our choice."}\n', "", "uncertain is missing"),
    ],
)  # fmt: skip
def test_mistakes(before: str, after: str, message: str) -> None:
    assert before in SOURCE
    with pytest.raises(PackErrors, match=message) as caught:
        read_warning(parse(SOURCE.replace(before, after, 1), file="warning.yaml"), clocks().calendar)
    assert all(each.file == "warning.yaml" and each.line > 0 for each in caught.value.problems)


def test_a_level_that_is_missing() -> None:
    start, end = SOURCE.index("  - id: low"), SOURCE.index("digest:\n  at")
    with pytest.raises(PackErrors, match="there is no level low"):
        read_warning(parse(SOURCE[:start] + SOURCE[end:], file="warning.yaml"), clocks().calendar)


@pytest.mark.parametrize("text", ["[]", "levels: 3", "x: y", "levels: [1, 2]"])
def test_something_else_altogether(text: str) -> None:
    with pytest.raises(PackErrors):
        read_warning(parse(text, file="warning.yaml"), clocks().calendar)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("priority", "level: urgent", "level: vlammend"),
        ("warning", "told: at_once", "told: ooit"),
        ("ssvc", "then: [defer, defer, scheduled, scheduled]", "then: [ooit]"),
    ],
)
def test_a_broken_file_is_found_with_the_packs(tmp_path: Path, file: str, before: str, after: str) -> None:
    shutil.copytree(ROOT, tmp_path / "norms", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = tmp_path / "norms" / "advisories" / f"{file}.yaml"
    assert advisory_problems(tmp_path / "norms") == []
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = check(tmp_path / "norms").errors
    assert [each for each in found if each.file.endswith(f"{file}.yaml")]
