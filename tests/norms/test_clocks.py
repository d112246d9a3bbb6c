"""The packs of legal clocks: sound as they are, and what is wrong is named with its file and line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from dijkwacht.norms.clocks import RULE_FILES, read_clocks
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT, check, clocks

DRAFTED = {
    "cbw-26", "cbw-27", "cbw-28", "cbw-29-1", "cbw-29-2", "cbw-30", "cbw-44-change", "avg-33", "avg-34", "wwke-17-first",
    "wwke-17-report", "gemw-176-ratify", "gemw-176-appeal",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "clocks", tmp_path / "clocks")
    return tmp_path


def broken(folder: Path, file: str, before: str, after: str) -> list[str]:
    path = folder / "clocks" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PackErrors) as errors:
        read_clocks(folder)
    return [str(each) for each in errors.value.problems]


def test_the_packs_of_the_house_are_sound() -> None:
    assert check().errors == []
    assert clocks().rules.keys() >= DRAFTED


def test_both_clocks_of_an_incident_start_with_the_same_knowledge() -> None:
    rules = clocks().rules
    assert rules["cbw-26"].starts_on == rules["cbw-27"].starts_on == "significant_incident_known"
    assert (str(rules["cbw-26"].term), str(rules["cbw-27"].term)) == ("24 hours", "72 hours")
    assert rules["cbw-29-1"].starts_on == "notification_sent"


def test_every_rule_has_words_in_both_languages_a_source_and_a_reason_about_free_days() -> None:
    pack = clocks()
    for rule in pack.rules.values():
        for texts in (
            rule.name,
            rule.shift_why,
            pack.events[rule.starts_on],
            pack.parties[rule.duty_of],
            pack.laws[rule.law],
        ):
            assert texts.keys() == {"nl", "en"}
        assert rule.source
        assert all(each.keys() == {"nl", "en"} for each in (rule.note, rule.uncertain) if each)


def test_only_terms_of_days_to_three_months_move() -> None:
    for rule in clocks().rules.values():
        if rule.shifts:
            assert rule.term is not None
            assert (rule.term.unit, rule.term.n) <= ("months", 3) or rule.term.unit in ("days", "weeks")


def test_every_word_is_used() -> None:
    pack = clocks()
    rules = pack.rules.values()
    assert {each.law for each in rules} == pack.laws.keys()
    assert {each.area for each in rules} == pack.areas.keys()
    assert {each.duty_of for each in rules} | {to for each in rules for to in each.to} == pack.parties.keys()
    named = {e for each in rules for e in (each.starts_on, *each.ends_on, each.handled_by_due, each.open_at_due) if e}
    assert named == pack.events.keys()
    assert {each.warn for each in rules if each.warn} == pack.warn.keys()


def test_what_is_not_read_itself_says_so() -> None:
    calendar = clocks().calendar
    assert calendar.uncertain.keys() == {"nl", "en"}
    assert calendar.known_until == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("file", "before", "after", "here", "message"),
    [
        ("incidents.yaml", "term: 24 hours", "term: 1 day", True, "term must be a term such as 24 hours"),
        ("incidents.yaml", "term: 24 hours", "term: 0 hours", True, "term must be a term such as 24 hours"),
        ("incidents.yaml", "term: 24 hours", "term: 24 days",
         False, "minutes and hours are counted elapsed, and nothing else is"),
        ("incidents.yaml", "    term: 24 hours\n", "", False, "counted elapsed needs a term"),
        ("incidents.yaml", "free_days: hours", "free_days: shifts", True, "only what ends with a day moves on a free day"),
        ("incidents.yaml", "free_days: hours", "free_days: perhaps", True, "unknown free_days perhaps"),
        ("incidents.yaml", "kind: duty", "kind: wish", True, "unknown kind wish"),
        ("incidents.yaml", "to: [csirt, authority]", "to: [csirt, csirt]", True, "csirt stands here twice"),
        ("incidents.yaml", "to: [csirt, authority]", "to: [csirt, police]", True, "unknown to police"),
        ("incidents.yaml", "starts_on: significant_incident_known", "starts_on: rumour", True, "unknown starts_on rumour"),
        ("incidents.yaml", "starts_with: cbw-26", "starts_with: cbw-99", False, "there is no other clock cbw-99"),
        ("incidents.yaml", "starts_with: cbw-26", "starts_with: cbw-30", False, "cbw-30 starts on something else"),
        ("incidents.yaml", "applies_from: wwke-17-applies", "applies_from: cbw-26",
         False, "cbw-26 is no clock of the kind start"),
        ("incidents.yaml", "past: cbw-29-1", "past: cbw-29-2-final", False, "there is no other clock cbw-29-2-final"),
        ("incidents.yaml", "valid_from: 2026-08-15", "valid_from: 2026-8-15", False, "valid_from must be a day as YYYY-MM-DD"),
        ("incidents.yaml", "    valid_from: 2026-08-15\n", "", False, "valid_from is missing"),
        ("incidents.yaml", "valid_from: 2026-08-15", "valid_from: 2026-08-15\n    valid_to: 2026-08-15",
         False, "valid_to must be after"),
        ("incidents.yaml", "warn: day", "warn: never", True, "unknown warn never"),
        ("incidents.yaml", "at_once: true", "at_once: yes please", True, "at_once must be true or false"),
        ("incidents.yaml", "law: cbw", "law: cbw\n    gravity: high", True, "unknown key gravity"),
        ("incidents.yaml", "    source: \"Cbw 26, ", "    sauce: \"Cbw 26, ", False, "source is missing"),
        ("incidents.yaml", 'en: "Early warning"', 'de: "Warnung"', 8, "name has no translation en"),
        ("incidents.yaml", "- id: cbw-27\n", "- id: cbw-26\n", False, "cbw-26 stands here twice"),
        ("incidents.yaml", "by_request: true", "by_request: true\n    at_once: 1", False, "at_once must be true or false"),
        ("crisis.yaml", "- id: wvr-40-report", "- id: cbw-26", False, "cbw-26 stands in another file too"),
        ("crisis.yaml", "counted: none", "counted: event\n    by_request: true",
         False, "the one who asks sets a term only where the law sets none"),
        ("crisis.yaml", "counted: none", "counted: none\n    warn: day", False, "what has no end has no warnings"),
        ("public_order.yaml", "counted: same_clock_time", "counted: same_clock_time\n    target: unshifted_day",
         False, "only an end that may move has a target"),
        ("warnings.yaml", 'share: "1/2"', 'share: "3/2"', False, "share must be a part such as 1/2"),
        ("warnings.yaml", 'share: "1/2"', 'share: "half"', False, "share must be a part such as 1/2"),
        ("warnings.yaml", "left: 5 minutes", "left: 5 weeks",
         False, "left must be a term such as 24 hours; the units are minutes, hours"),
        ("warnings.yaml", 'days: 1, at: "09:00"', "days: 1", False, "days and at belong together"),
        ("warnings.yaml", 'days: 1, at: "09:00"', 'days: 1, at: "24:00"', False, "an hour such as 09:00 was expected"),
        ("warnings.yaml", 'days: 1, at: "09:00"', 'days: -1, at: "09:00"', False, "days must be a whole number from 0 to 3660"),
        ("warnings.yaml", 'days: 1, at: "09:00"', 'days: 1, share: "1/2", at: "09:00"',
         False, "a warning has one of share, left and days"),
        ("calendar.yaml", "timezone: Europe/Amsterdam", "timezone: Europe/Dijkstad",
         True, "there is no timezone Europe/Dijkstad"),
        ("calendar.yaml", 'day: "05-05"', 'day: "05-35"', 8, "a day of the year was expected, such as 12-25"),
        ("calendar.yaml", "weekday: sunday", "weekday: zondag", False, "unknown weekday zondag"),
        ("calendar.yaml", "days: -2", "days: soon", False, "days must be a whole number from -80 to 200"),
        ("calendar.yaml", "2028-05-26]", "2029-05-26]", False, "2029-05-26 lies outside known_from and known_until"),
        ("calendar.yaml", "known_until: 2028-12-31", "known_until: 2025-12-31", False, "must be two days in order"),
        ("words.yaml", 'short: "Cbw"', 'long: "Cbw"', False, "unknown key long"),
        ("words.yaml", "  hours:\n    shifts: false\n", "  hours:\n", False, "shifts is missing"),
        ("words.yaml", 'council: {nl: "de gemeenteraad", en', 'council: {nl: "de gemeenteraad", fr',
         False, "council has an unknown language fr"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(folder: Path, file: str, before: str, after: str, here: bool, message: str) -> None:
    text = (folder / "clocks" / file).read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1 + after.count("\n")
    problems = broken(folder, file, before, after)
    named = [each for each in problems if message in each]
    assert named, problems
    assert named[0].startswith(f"clocks/{file}:{line}:" if here else f"clocks/{file}:")


@pytest.mark.parametrize("file", ["calendar.yaml", "warnings.yaml", "words.yaml", *RULE_FILES])
@pytest.mark.parametrize(
    "text", ["", "[]", "nothing", "a: &b 1\nc: *b\n", "\x00", "clocks: {a: 1}\n", "clocks: [1, 2]\n"]
)
def test_a_file_of_something_else_is_refused_and_never_a_crash(folder: Path, file: str, text: str) -> None:
    (folder / "clocks" / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackErrors):
        read_clocks(folder)


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "clocks" / "calendar.yaml").unlink()
    with pytest.raises(PackErrors, match=r"clocks/calendar\.yaml:1: cannot be read"):
        read_clocks(folder)


def test_norms_check_reads_them_too(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "norms", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = tmp_path / "norms" / "clocks" / "incidents.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("counted: elapsed", "counted: roughly", 1), encoding="utf-8"
    )
    assert next(each.file for each in check(tmp_path / "norms").errors) == "clocks/incidents.yaml"
