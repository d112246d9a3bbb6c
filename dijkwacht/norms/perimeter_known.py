"""The part of `norms/perimeter` about names, ports and software: what is known of them. Read by `perimeter.py`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast, get_args

from dijkwacht.core.checks.finding import Word
from dijkwacht.core.checks.known import Known, Port, Service, SoftwareRule, Where
from dijkwacht.core.checks.naming import LABEL, NameProblem, host_name
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem

FOLDER = "perimeter"
FILES = ("ports.yaml", "services.yaml", "software.yaml", "words.yaml")
PORT_WORDS = ("info", "warning", "failed")
LONGEST_PATTERN = 240
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")


def read_known(root: Path) -> Known:
    """All of it, checked. Raises PackErrors with file and line of everything that is wrong."""
    problems: list[Problem] = []
    ports, services, software, words = (fields_of(root, f"{FOLDER}/{name}", name, problems) for name in FILES)
    found = Known(
        {each.port: each for each in _ports(ports)},
        tuple(_services(services)),
        tuple(_software(software)),
        _words(words),
    )
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def _each(fields: Fields, key: str, name: str, keys: str) -> Iterator[Fields]:
    """The mappings of a list; `name` is the key that tells them apart."""
    listed = fields.data.get(key)
    if not isinstance(listed, list) or not listed:
        fields.wrong(key, f"a list of {key} was expected")
        return
    for i, data in enumerate(listed):
        if not isinstance(data, dict):
            fields.wrong(key, f"{key}[{i}] must be a mapping")
            continue
        inner = Fields(fields.document, data, str(data.get(name, f"{key}[{i}]")), fields.problems, True)
        inner.only(keys.split())
        yield inner


def _ports(fields: Fields) -> Iterator[Port]:
    fields.only(["sources", "meanings", "ports"])
    sources, meanings = fields.nested("sources"), fields.nested("meanings")
    texts: Mapping[str, Mapping[str, str]] = {kind: meanings.both(kind) for kind in meanings.data}
    seen: set[int] = set()
    for row in _each(fields, "ports", "port", "port service kind word source"):
        number = row.data.get("port")
        if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 65536 or number in seen:
            row.wrong("port", "port must be a number of its own, 1 to 65535")
            continue
        seen.add(number)
        kind, source = row.one_of("kind", texts, ""), row.one_of("source", sources.data, "")
        word = cast(Word, row.one_of("word", PORT_WORDS, "info"))
        text = sources.text(source) if source else ""
        yield Port(number, row.text("service", needed=True), kind, word, texts.get(kind, {}), text)


def _services(fields: Fields) -> Iterator[Service]:
    fields.only(["source", "services"])
    source = fields.text("source", needed=True)
    for row in _each(fields, "services", "id", "id title sign suffixes"):
        suffixes = row.words("suffixes")
        for suffix in suffixes:
            try:
                plain = host_name(suffix)
            except NameProblem:
                plain = ""
            if plain != suffix:
                row.wrong("suffixes", f"{suffix} is not the end of a name")
        sign = row.one_of("sign", ("nxdomain", "page"), "page")
        yield Service(
            row.text("id", needed=True), row.text("title", needed=True), suffixes,
            "nxdomain" if sign == "nxdomain" else "page", source,
        )  # fmt: skip


def _software(fields: Fields) -> Iterator[SoftwareRule]:
    fields.only(["source", "rules"])
    fields.text("source", needed=True)
    for row in _each(fields, "rules", "product", "product title where pattern says"):
        where = row.words("where")
        if not where or set(where) - set(get_args(Where)):
            row.wrong("where", f"where is a list out of {', '.join(get_args(Where))}")
        product = row.text("product", needed=True)
        if product.count(":") != 1 or product != product.lower():
            row.wrong("product", "product is vendor:product in small letters")
        if pattern := _pattern(row):
            yield SoftwareRule(
                product, row.text("title", needed=True), cast("frozenset[Where]", frozenset(where)), pattern
            )


def _pattern(row: Fields) -> re.Pattern[str] | None:
    """The expression, bounded everywhere so that no banner can make it slow, and true to its examples."""
    text = row.text("pattern", needed=True)
    if len(text) > LONGEST_PATTERN or _UNBOUNDED.search(re.sub(r"\[[^\]]*\]", "[]", text)):
        row.wrong("pattern", f"a pattern is at most {LONGEST_PATTERN} long and repeats nothing without a bound")
        return None
    try:
        pattern = re.compile(text, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        row.wrong("pattern", f"no regular expression: {error}")
        return None
    says = row.nested("says")
    if not says.data:
        row.wrong("says", "a rule shows at least one example")
    for example, version in says.data.items():
        match = pattern.search(str(example))
        if match is None or (match.groupdict().get("version") or "") != version:
            row.wrong("says", f"{str(example)[:60]!r} does not give version {version!r}")
    return pattern


def _words(fields: Fields) -> tuple[str, ...]:
    fields.only(["source", "words"])
    fields.text("source", needed=True)
    words = fields.words("words")
    for word in words:
        if not LABEL.match(word):
            fields.wrong("words", f"{word} is no label")
    if len(set(words)) != len(words):
        fields.wrong("words", f"these stand here twice: {', '.join(sorted({w for w in words if words.count(w) > 1}))}")
    return words
