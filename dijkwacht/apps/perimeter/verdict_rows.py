"""The words of a name as a page shows them: per category the checks, the worst first, each with its reasons in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dijkwacht.apps.perimeter.models import Reading
from dijkwacht.apps.perimeter.verdict_words import AREAS, GROUPS
from dijkwacht.apps.perimeter.words import title
from dijkwacht.core.checks.finding import SAID, Why
from dijkwacht.core.checks.history import BAD
from dijkwacht.core.checks.policy import Policy
from dijkwacht.web.perimeter_words import sentence

CERTIFICATE = ("cert_", "certificate_", "ocsp_", "web_caa", "mail_caa", "dane_")
RANK: Mapping[str, int] = {"failed": 0, "error": 1, "warning": 2, "info": 3, "not_tested": 4, "passed": 5}
SHOWN = ("failed", "suspected", "warning", "info", "passed", "not_tested", "error")


@dataclass(frozen=True, slots=True)
class Target:
    """What a check found about one address, host or name: the word, and why in sentences."""

    name: str
    word: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One check. ``law`` and ``norm``: empty when it knows no editions; ``peer``: empty when internet.nl says the same."""

    reading: Reading
    title: str
    suspected: bool
    law: str
    norm: str
    peer: str
    targets: tuple[Target, ...]

    @property
    def measured(self) -> bool:
        """Whether it says something; the reasons of what does not are shown at once."""
        return self.reading.word in SAID

    @property
    def explains(self) -> bool:
        """Whether there is more to tell than the word itself."""
        return any(each.name or each.sentences for each in self.targets)


@dataclass(frozen=True, slots=True)
class Group:
    """The checks of one category. ``counts``: how many say what, the words in a fixed order."""

    id: str
    area: str
    title: str
    rows: tuple[Row, ...]
    counts: tuple[tuple[str, int], ...]
    editions: bool

    @property
    def clean(self) -> bool:
        """Whether nothing in it needs looking at."""
        return all(row.reading.word in ("passed", "info", "not_tested") for row in self.rows)


def row_of(reading: Reading) -> Row:
    """One reading as a row."""
    editions = any(each.get("editions") for each in reading.targets)
    return Row(
        reading,
        title(reading.check_id),
        reading.word in BAD and not reading.confirmed,
        reading.law if editions else "",
        reading.norm if editions else "",
        reading.peer if reading.peer != reading.word else "",
        tuple(_target(each) for each in reading.targets),
    )


def groups(readings: Iterable[Reading], policy: Policy) -> list[Group]:
    """All checks of a name per area and category, in the order of the packs; within one the worst first."""
    order = {key: number for number, key in enumerate(policy.rules)}
    found: dict[tuple[str, str], list[Row]] = {}
    for reading in sorted(readings, key=lambda each: order.get(f"{each.area}.{each.check_id}", len(order))):
        found.setdefault((reading.area, _category(reading, policy)), []).append(row_of(reading))
    places = list(AREAS), list(GROUPS)
    return [
        _group(area, category, rows)
        for (area, category), rows in sorted(
            found.items(), key=lambda each: (places[0].index(each[0][0]), places[1].index(each[0][1]))
        )
    ]


def _group(area: str, category: str, rows: Sequence[Row]) -> Group:
    said = ["suspected" if row.suspected else row.reading.word for row in rows]
    worst_first = sorted(rows, key=lambda row: RANK.get(row.reading.word, 0))
    counts = tuple((word, said.count(word)) for word in SHOWN if word in said)
    editions = any(row.law for row in rows)
    return Group(f"{area}-{category}", area, str(GROUPS[category]), tuple(worst_first), counts, editions)


def _category(reading: Reading, policy: Policy) -> str:
    rule = policy.rules.get(f"{reading.area}.{reading.check_id}")
    if reading.area == "web" and reading.check_id.startswith(CERTIFICATE):
        return "certificate"
    category = rule.category if rule else "own"
    if reading.area == "mail" and (category == "tls" or reading.check_id.startswith(CERTIFICATE)):
        return "mail_tls"
    if reading.area == "web" and category == "own":
        return "headers"
    return category


def _target(data: Mapping[str, Any]) -> Target:
    said = (sentence(Why(each["code"], each.get("params", {}))) for each in data.get("why", ()))
    return Target(data.get("target", ""), data["word"], tuple(dict.fromkeys(filter(None, said))))
