"""Ports, services, software and words of `norms/perimeter`: what stands in them, and what is refused."""

import re
import shutil
from pathlib import Path

import pytest

from dijkwacht.norms.perimeter_known import FILES, FOLDER, PORT_WORDS, read_known
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.read import ROOT

KNOWN = read_known(ROOT)


def test_ports() -> None:
    assert len(KNOWN.ports) >= 50
    assert {KNOWN.ports[each].word for each in (23, 445, 3306, 3389, 6379, 9200)} == {"failed"}
    for port in KNOWN.ports.values():
        assert port.word in PORT_WORDS
        assert set(port.meaning) == {"nl", "en"}
        assert port.source


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("app.azurewebsites.net", "azure-web"), ("a.b.github.io", "github-pages"), ("github.io", None),
        ("nietgithub.io", None), ("dijkstad.nl", None),
    ],
)  # fmt: skip
def test_services(host: str, service: str | None) -> None:
    found = KNOWN.service(host)
    assert (found.id if found else None) == service


def test_software_rules_are_many_and_say_where_they_look() -> None:
    assert len({rule.product for rule in KNOWN.software}) >= 30
    assert all(rule.where and rule.title for rule in KNOWN.software)


def test_words_are_labels_that_municipalities_use() -> None:
    assert len(KNOWN.words) >= 150
    assert {"www", "vpn", "intranet", "test", "oud"} <= set(KNOWN.words)


CHANGES = [
    ("ports.yaml", "port: 21,", "port: 0,", "port must be a number of its own"),
    ("ports.yaml", "port: 21,", "port: 22,", "port must be a number of its own"),
    ("ports.yaml", "kind: files, word: failed", "kind: geen, word: failed", "unknown kind geen"),
    ("ports.yaml", "word: failed", "word: passed", "unknown word passed"),
    ("services.yaml", "suffixes: [github.io]", 'suffixes: ["*.github.io"]', "is not the end of a name"),
    ("services.yaml", "sign: page", "sign: mist", "unknown sign mist"),
    ("software.yaml", "^Express$", "^Express(.*)$", "repeats nothing without a bound"),
    ("software.yaml", "^Express$", "^Express[0-9]+$", "repeats nothing without a bound"),
    ("software.yaml", "^Express$", "^Express[0-9]{2,}$", "repeats nothing without a bound"),
    ("software.yaml", "^Express$", "^Express($", "no regular expression"),
    ("software.yaml", "^Express$", "^Iets$", "does not give version"),
    ("software.yaml", '"nginx/1.14.2": "1.14.2"', '"nginx/1.14.2": "1.14.3"', "does not give version"),
    ("software.yaml", '"f5:nginx"', '"nginx"', "product is vendor:product"),
    ("software.yaml", "where: [script]", "where: [overal]", "where is a list out of"),
    ("words.yaml", "www2,", "www,", "these stand here twice: www"),
    ("words.yaml", "www2,", "WWW2,", "WWW2 is no label"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), CHANGES, ids=[f"{row[0]}: {row[3]}" for row in CHANGES])
def test_what_is_refused(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    (tmp_path / FOLDER).mkdir()
    for name in FILES:
        shutil.copy(ROOT / FOLDER / name, tmp_path / FOLDER / name)
    text = (tmp_path / FOLDER / file).read_text()
    assert old in text
    (tmp_path / FOLDER / file).write_text(text.replace(old, new, 1))
    with pytest.raises(PackErrors) as caught:
        read_known(tmp_path)
    assert any(re.search(re.escape(message), str(each)) for each in caught.value.problems), caught.value.problems


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackErrors) as caught:
        read_known(tmp_path)
    assert len(caught.value.problems) >= len(FILES)
