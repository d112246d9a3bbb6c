"""Pack files come from strangers: none may hang, crash or expand; each is refused with a line."""

import time
from pathlib import Path

import pytest

from dijkwacht.norms import text
from dijkwacht.norms.read import PackErrors, check

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "x.yaml:1: anchors and aliases are not allowed"),
        ("a: 1\nb: *a\n", "x.yaml:2: anchors and aliases are not allowed"),
        ("a: &a 1\n", "x.yaml:1: anchors and aliases are not allowed"),
        ("a: !!python/name:os.system x\n", "x.yaml:1: tags are not allowed: tag:yaml.org,2002:python/name"),
        ("a: !thing {}\n", "x.yaml:1: tags are not allowed: !thing"),
        ("[" * 200 + "]" * 200, "x.yaml:1: nested too deep"),
        ("[" * 100_000, "x.yaml:1: "),
        ("{a: " * 200 + "1" + "}" * 200, "x.yaml:1: nested too deep"),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3: double key a"),
        ("a: {b: 1,\n b: 2}\n", "x.yaml:2: double key b"),
        ("a: 1\non: 2\n", "x.yaml:2: a key must be text, not True: put it in quotes"),
        ("5.1: x\n", "x.yaml:1: a key must be text, not 5.1: put it in quotes"),
        ("? [a]\n: b\n", "x.yaml:1: a key must be text, not []: put it in quotes"),
        ("a: 2026-02-30\n", "x.yaml:1: cannot be read: 2026-02-30"),
        ("a: " + "9" * 5000 + "\n", "x.yaml:1: cannot be read: 9999"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2: more than one document in a file"),
        ("a: [1\nb: 2\n", "x.yaml:2: not YAML"),
        ("a: \x00\n", "x.yaml:1: not YAML"),
        ("\ta: 1\n", "x.yaml:1: not YAML"),
    ],
)  # fmt: skip
def test_refused_with_a_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PackErrors) as caught:
        text.load(path, root=tmp_path)
    assert str(caught.value).startswith(message)


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(PackErrors, match=r"x\.yaml:2: not UTF-8"):
        text.load(tmp_path / "x.yaml", root=tmp_path)


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: " + "x" * text.MAX_BYTES, encoding="utf-8")
    started = time.perf_counter()
    with pytest.raises(PackErrors, match=r"x\.yaml:1: larger than 2000000 bytes"):
        text.load(tmp_path / "x.yaml", root=tmp_path)
    assert time.perf_counter() - started < 1


def test_a_folder_with_the_name_of_a_file(packs: Path) -> None:
    (packs / "facts" / "more.yaml").mkdir()
    assert [str(problem) for problem in check(packs).errors] == ["facts/more.yaml:1: cannot be read: Is a directory"]


def test_a_criterion_that_goes_too_deep(packs: Path) -> None:
    path = packs / "test" / "1.0" / "criteria.yaml"
    deep = "{not: " * 45 + "{fact: plan.adopted}" + "}" * 45
    path.write_text(path.read_text(encoding="utf-8").replace("{verdict: test:1}", deep), encoding="utf-8")
    assert any("nested too deep" in problem.message and problem.line == 9 for problem in check(packs).errors)


def test_plain_words_stay_words_and_values_get_their_kind() -> None:
    value = text.parse('a: [x, "1", 1, 1.5, true, 2026-01-31, ~, "true", 8.13.04, <<, =]\nb:\n', file="x").value
    assert [str(each) for each in value["a"]] == [
        "x", "1", "1", "1.5", "True", "2026-01-31", "None", "true", "8.13.04", "<<", "=",
    ]  # fmt: skip
    assert value["b"] is None


def test_every_place_knows_its_line() -> None:
    document = text.parse("a:\n  - b: 1\n    c:\n      - d\n      - e: 2\n", file="x")
    assert document.line_at(document.value, "a[0].c[1].e") == 5
    assert document.line_at(document.value, "a[0].c[7]") == 3
    assert document.line_at(document.value, "nothing") == 1
    assert document.line(document.value["a"][0], "c") == 3
