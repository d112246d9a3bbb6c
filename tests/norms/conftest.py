"""A small folder of packs that is right, to break in one place at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

FACTS = """\
- id: plan.adopted
  subject: organisation
  value: yes_no
  question: {nl: "Is er een plan?", en: "Is there a plan?"}
  shelf_life: P1Y
  proof: documented
  shows: [design, existence]
  answered_by: ciso
- id: plan.tested_on
  subject: organisation
  value: date
  question: {nl: "Wanneer is het plan getest?", en: "When was the plan tested?"}
  proof: documented
  shows: [operation]
  answered_by: ciso
  measured_by: exercises
- id: plan.kind
  subject: organisation
  value: {choice: [paper, digital]}
  question: {nl: "Wat voor plan is het?", en: "What kind of plan is it?"}
  labels:
    paper: {nl: "Op papier", en: "On paper"}
    digital: {nl: "Digitaal", en: "Digital"}
  proof: stated
  shows: [existence]
  answered_by: ciso
- id: register.system.complete
  subject: organisation
  value: yes_no
  question: {nl: "Staan alle systemen erin?", en: "Are all systems in it?"}
  shelf_life: P1Y
  proof: documented
  shows: [existence]
  answered_by: it_manager
- id: system.score
  subject: system
  value: percentage
  question: {nl: "Welke score?", en: "Which score?"}
  proof: measured
  shows: [operation]
  answered_by: it_manager
- id: system.supplier
  subject: system
  value: reference
  refers_to: supplier
  question: {nl: "Welke leverancier?", en: "Which supplier?"}
  proof: documented
  shows: [existence]
  answered_by: it_manager
- id: supplier.safe
  subject: supplier
  value: yes_no
  question: {nl: "Is de leverancier veilig?", en: "Is the supplier safe?"}
  proof: documented
  shows: [existence]
  answered_by: supplier_manager
"""
CATALOG = """\
id: test
version: "1.0"
name: {nl: "Proef", en: "Test"}
valid_from: 2026-01-01
source: "verzonnen"
themes:
  all: {nl: "Alles", en: "Everything"}
withdrawn:
  "9": {kind: moved, moved_to: "1", title: {nl: "Verplaatst naar 1", en: "Moved to 1"}}
"""
CRITERIA = """\
test:1:
  title: {nl: "Plan", en: "Plan"}
  theme: all
  met_if: {all: [{fact: plan.adopted}, {fact: plan.tested_on, within: P1Y}, {fact: plan.kind, is: digital}]}
  shows: operation
test:2:
  title: {nl: "Systemen", en: "Systems"}
  theme: all
  applies_if: {verdict: test:1}
  met_if:
    each:
      subject: system
      that:
        all:
          - {fact: system.score, min: 60}
          - {fact: supplier.safe, via: system.supplier}
  shows: operation
"""
ACCOUNTS = """\
accounts:
  - id: council
    name: {nl: "Aan de raad", en: "To the council"}
    addressee: {nl: "de raad", en: "the council"}
    per: organisation
    requirements: ["test:*"]
    demand: {least_assurance: stated, shows: per_requirement, operation_for: ["test:1"]}
    reference_date: {rule: continuous}
    deadline: {rule: none}
    signer: {role: college, nl: "het college", en: "the college"}
    legal_basis: "geen"
    source: "verzonnen"
ensia_lines: []
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """The folder as it should be."""
    for name, text in {
        "facts/all.yaml": FACTS, "test/1.0/catalog.yaml": CATALOG, "test/1.0/criteria.yaml": CRITERIA,
        "accounts.yaml": ACCOUNTS,
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def change(packs: Path) -> Callable[[str, str, str], int]:
    """Replaces a text that occurs once in a file, and returns the line where it stood."""

    def replace(name: str, old: str, new: str) -> int:
        path = packs / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace
