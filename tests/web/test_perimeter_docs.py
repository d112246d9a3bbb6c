"""`docs/perimeter.md` tells of every check: its name, the consent it needs and why, its worst word, its weight and its source."""

from django.utils import translation

from dijkwacht.core.checks.policy import Rule
from dijkwacht.web.perimeter_words import LEVEL_REASONS, check_words
from tests.architecture import house
from tests.core.checks.names_world import POLICY

DOC = (house.ROOT / "docs" / "perimeter.md").read_text()
SOURCES = {
    "internet.nl 1.11.2": "internet.nl",
    "Stb. 2023, 179; internet.nl 1.11.2": "decree; internet.nl",
    "onze eigen controle; niet in internet.nl": "ours",
    "zoals Basisbeveiliging meet, naar haar openbare uitleg (code niet gelezen); niet in internet.nl": "as Basisbeveiliging",
}


def line(rule: Rule) -> str:
    """The line of a check in the table."""
    words = check_words(rule.id)
    title = str(words.title) if words else ""
    points = str(rule.points or "–")
    return (
        f"| {title} | `{rule.id}` | {rule.area} | {rule.level}, {rule.level_reason} | {rule.worst} | {points} |"
        f" {SOURCES[rule.source]} |"
    )


def test_every_check_has_its_line() -> None:
    with translation.override("en"):
        lines = [line(rule) for rule in POLICY.rules.values()]
    told = [
        each
        for each in DOC.splitlines()
        if (each.startswith("| ") and " | names | " in each) or " | web | " in each or " | mail | " in each
    ]
    assert told == lines, "\n".join(lines)


def test_every_reason_of_a_level_is_told() -> None:
    used = {rule.level_reason for rule in POLICY.rules.values()}
    for reason in used:
        assert f"- *{reason}*: " in DOC, reason
        assert reason in LEVEL_REASONS, reason


def test_every_kind_of_port_and_file_of_data_is_told() -> None:
    for port in POLICY.known.ports.values():
        assert f"*{port.kind}*" in DOC, port.kind
    for path in sorted((house.PACKAGE / "norms" / "perimeter").glob("*.yaml")):
        assert f"`{path.name}`" in DOC, path.name
