"""Every reason for which a package is refused has words; what stands in it comes along."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from dijkwacht.adapters import package
from dijkwacht.web import package_words
from dijkwacht.web.package_words import reason_words, refusal_words

ADAPTERS = Path(package.__file__).parent
FILES = ("checking", "disclosing", "package", "rejudging", "seen")


def reasons() -> list[str]:
    """The reasons as they stand in the checker, a value put in for each part."""
    found = []
    for name in FILES:
        for node in ast.walk(ast.parse((ADAPTERS / f"{name}.py").read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PackageError" and len(node.args) > 1:
                found += told(node.args[1])
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "reason":
                found += told(node.value)
    return found


def told(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return told(node.body) + told(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)]
    return [node.value] if isinstance(node, ast.Constant) else []


def test_every_reason_of_the_checker_has_a_template() -> None:
    found = [each.replace("the 7 is 7,", "the account is 7,") for each in reasons()]
    assert len(found) > 50
    missing = [each for each in found if not any(shape.fullmatch(each) for shape, _ in package_words._patterns())]
    assert missing == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("this file is missing", "dit bestand ontbreekt"),
        ("cbw:1 for dijkstad: judged again this is not_met, and it says met",
         "cbw:1 for dijkstad: opnieuw beoordeeld is dit niet op orde, en er staat op orde"),
        ("by the published list: something new", "volgens de gepubliceerde lijst: something new"),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_in_dutch(reason: str, said: str) -> None:
    with override("nl"):
        assert reason_words(reason) == said


def test_in_english_it_is_what_the_checker_says() -> None:
    with override("en"):
        found = [each for each in reasons() if "judged again this is" not in each]  # that holds two statuses
        assert [reason_words(each) for each in found] == found
        assert refusal_words("lines.jsonl", 2, "this line was added after signing") == (
            "lines.jsonl, line 2: this line was added after signing"
        )
        assert refusal_words("", None, "no line was named") == "no line was named"
