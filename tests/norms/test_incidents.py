"""The packs of incidents: thresholds, receivers, forms and kinds; what is wrong is named with its file and line."""

import shutil
from pathlib import Path

import pytest

from dijkwacht.norms.incidents import read_incidents
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT, clocks, incidents

FILES = ("significance.yaml", "receivers.yaml", "forms.yaml", "rsit.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "incidents", tmp_path / "incidents")
    return tmp_path


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(PackErrors) as errors:
        read_incidents(folder, clocks=clocks().rules)
    return [str(each) for each in errors.value.problems]


def test_the_taxonomy_has_eleven_classes_and_thirty_nine_types() -> None:
    taxonomy = incidents().taxonomy
    assert len(taxonomy.classes) == 11
    assert sum(len(each.types) for each in taxonomy.classes) == 39
    assert taxonomy.tag("availability", "ddos") == 'rsit:availability="ddos"'


def test_what_was_not_read_itself_says_so() -> None:
    pack = incidents()
    for threshold in (*pack.significance.thresholds, *pack.significance.exemptions):
        if "Cbro" in threshold.source:
            assert threshold.uncertain.keys() == {"nl", "en"}
    assert all(form.uncertain for form in pack.forms.values())


def test_the_limit_of_four_hours_stands_once_and_shows_in_both_questions() -> None:
    questions = incidents().significance.questions
    assert "4 uur" in questions["outage_long"].text["nl"]
    assert "4 hours" in questions["outage_may_be_long"].text["en"]
    source = (ROOT / "incidents" / "significance.yaml").read_text(encoding="utf-8")
    assert source.count("at_least: 4") == 1


def test_all_is_in_both_languages() -> None:
    pack = incidents()
    texts = [each for row in pack.taxonomy.classes for each in (row.name, *row.types.values())]
    texts += [*pack.roles.values(), *pack.causes.values(), *pack.detections.values(), *pack.attributes.values()]
    texts += [field.label for form in pack.forms.values() for field in form.fields]
    assert all(each.keys() == {"nl", "en"} and all(each.values()) for each in texts)


@pytest.mark.parametrize(
    ("file", "before", "after", "here", "message"),
    [
        ("significance.yaml", "kind: yes_no", "kind: maybe", True, "unknown kind maybe"),
        ("significance.yaml", "at_least: 4", "at_least: many", True, "at_least must be a number above 0"),
        ("significance.yaml", "at_least: 4", "at_least: -4", True, "at_least must be a number above 0"),
        ("significance.yaml", "at_least: 4, ", "", False, "derived has one of at_least and above"),
        ("significance.yaml", "number: outage_hours", "number: service_down", True, "unknown number service_down"),
        ("significance.yaml", "{all: [service_down, outage_long]}", "{both: [service_down]}",
         True, "must be a question, or one of"),
        ("significance.yaml", "{all: [service_down, outage_long]}", "{all: []}", True, "must be a question, or one of"),
        ("significance.yaml", "[service_down, outage_long]", "[service_up]",
         True, "there is no question with yes or no named service_up"),
        ("significance.yaml", "[service_down, outage_long]", "[outage_hours]", True, "named outage_hours"),
        ("significance.yaml", "{any: [planned]}", "{any: [service_down]}", False, "no threshold asks planned"),
        ("significance.yaml", "for: [government, joint_body]", "for: [kingdom]", True, "unknown for kingdom"),
        ("significance.yaml", "for: [government, joint_body]", "for: []", True, "for is missing"),
        ("significance.yaml", "    since: 2026-08-15\n", "", False, "since is missing"),
        ("significance.yaml", "Duurt of duurde de uitval {limit}", "Duurt de uitval {hours}",
         False, "no other place than {limit}"),
        ("receivers.yaml", "party: ncsc", "party: nsa", True, "unknown party nsa"),
        ("receivers.yaml", "as: csirt", "as: friend", True, "unknown as friend"),
        ("receivers.yaml", "roles: [water_authority]\n    as: csirt", "roles: [government]\n    as: csirt",
         False, "for the same role on the same day"),
        ("receivers.yaml", "since: 2026-08-15", "since: 2026-08-15\n    until: 2026-08-01", True, "until must be after since"),
        ("receivers.yaml", "    since: 2026-08-15\n", "", False, "since is missing"),
        ("receivers.yaml", "party: ibd", "party: ibd\n    since: 2027-01-01", True, "unknown key since"),
        ("receivers.yaml", "- id: ibd", "- id: ncsc", False, "ncsc stands here twice"),
        ("receivers.yaml", 'address: "MijnNCSC"', 'address: ""', False, "address is missing"),
        ("forms.yaml", "            kind: text", "            kind: song", True, "unknown kind song"),
        ("forms.yaml", "choices: rsit", "choices: moods", True, "unknown choices moods"),
        ("forms.yaml", "choices: rsit\n", "help: {nl: a, en: b}\n", False, "a choice has choices, and nothing else has"),
        ("forms.yaml", "from: organisation_name", "from: shoe_size", True, "unknown from shoe_size"),
        ("forms.yaml", "clock: cbw-26", "clock: cbw-99", True, "unknown clock cbw-99"),
        ("forms.yaml", "to: [csirt, authority]", "to: [grandmother]", True, "unknown to grandmother"),
        ("forms.yaml", "- id: organisation_number\n", "- id: organisation_name\n", False, "organisation_name stands"),
        ("rsit.yaml", "version: 1003", 'version: "three"', True, "version must be a whole number"),
        ("rsit.yaml", 'en: "Spam"', 'en: ""', True, "name has no translation en"),
        ("rsit.yaml", "- {id: spam,", "- {id: violence,", False, "violence stands here twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(folder: Path, file: str, before: str, after: str, here: bool, message: str) -> None:
    path = folder / "incidents" / file
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1 + after.count("\n")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    problems = problems_of(folder)
    named = [each for each in problems if message in each]
    assert named, problems
    assert not here or any(each.startswith(f"incidents/{file}:{line}:") for each in named), named


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("text", ["", "[]", "forms: [1]\nparties: [{}]\nquestions: {a: b}\nclasses: 3\n"])
def test_a_file_of_something_else_is_refused_and_never_a_crash(folder: Path, file: str, text: str) -> None:
    (folder / "incidents" / file).write_text(text, encoding="utf-8")
    assert all(each.startswith("incidents/") for each in problems_of(folder))


def test_a_condition_that_is_nested_too_deep_is_refused(folder: Path) -> None:
    path = folder / "incidents" / "significance.yaml"
    deep = "{not: " * 12 + "planned" + "}" * 12
    path.write_text(path.read_text(encoding="utf-8").replace("{any: [planned]}", deep, 1), encoding="utf-8")
    assert any("must be a question" in each for each in problems_of(folder))
