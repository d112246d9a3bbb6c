"""The document in a file of a stranger: JSON, XML or YAML, of a size and depth that an OSCAL document can have."""

import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from dijkwacht.adapters.oscal.xml import XmlError, line_of, read_xml
from dijkwacht.core.framework import Refusal

LARGEST = 30 * 1024 * 1024  # bytes; NIST SP 800-53 with its assessment procedures is 10 MB
DEEPEST = 100  # levels of lists and objects; official catalogs have about 25
YAML_EVENTS = 3_000_000
_NULLS = (b"\\u0000", b"\\x00", b"\\0", b"\\U00000000")  # how JSON and YAML write a null character
ROOTS = ("catalog", "profile", "mapping-collection")
OTHER_ROOTS = (
    "component-definition", "system-security-plan", "assessment-plan", "assessment-results",
    "plan-of-action-and-milestones",
)  # fmt: skip


class OscalError(ValueError):
    """A file that cannot be used as an OSCAL document at all."""

    def __init__(self, code: str, path: str = "", **params: str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, path, params)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its kind (the name of its root), its body, and the file as a whole with whatever stands beside it.

    ``lines``: of XML, by the ``id`` of each object, the line on which it began.
    """

    kind: str
    body: dict[str, Any]
    whole: dict[str, Any]
    lines: Mapping[int, int] = field(default_factory=dict)

    def place(self, path: str) -> str:
        """A JSON pointer as somebody finds it in the file: of XML with the line behind it, ``/catalog/groups/0:12``."""
        line = line_of(self.whole, self.lines, path) if self.lines else None
        return path if line is None else f"{path}:{line}"


def load(data: bytes, *, name: str = "") -> Document:
    """The document in these bytes. Raises OscalError: what it is instead, or what is wrong with it as JSON, XML or YAML."""
    if len(data) > LARGEST:
        raise OscalError("too_large", most=str(LARGEST // 1024 // 1024))
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise OscalError("empty")
    if start.startswith(b"<"):
        return _xml(data)
    yaml_named = name.lower().endswith((".yaml", ".yml")) and not start.startswith((b"{", b"["))
    whole = _yaml(data) if yaml_named else _json(data)
    check_depth(whole)
    if any(mark in data for mark in _NULLS) and has_null(whole):
        raise OscalError("null_character")
    if not isinstance(whole, dict):
        raise OscalError("wrong_type", expected="object")
    return _rooted(whole)


def _rooted(whole: dict[str, Any]) -> Document:
    kinds = [key for key in whole if key in ROOTS]
    if len(kinds) != 1:
        other = next((key for key in whole if key in OTHER_ROOTS), "")
        found = ", ".join(str(key)[:40] for key in whole if key != "$schema")[:120]
        raise OscalError("other_root" if other else "wrong_root", found=other or found or "–")
    body = whole[kinds[0]]
    if not isinstance(body, dict):
        raise OscalError("wrong_type", f"/{kinds[0]}", expected="object")
    return Document(kinds[0], body, whole)


def _xml(data: bytes) -> Document:
    try:
        whole, lines = read_xml(data, deepest=DEEPEST)
    except XmlError as error:
        raise OscalError(error.code, **error.params) from None
    found = _rooted(whole)
    return Document(found.kind, found.body, found.whole, lines)


def _json(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        if "\\u" in text:  # half of a surrogate pair reads well, and can never be stored
            json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise OscalError("not_json", line=str(error.lineno), column=str(error.colno)) from None
    except RecursionError:
        raise OscalError("too_deep", most=str(DEEPEST)) from None
    except OscalError:
        raise
    except ValueError:  # not UTF-8, half a character, or a number of thousands of digits
        raise OscalError("not_json", line="1", column="1") from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = Counter(key for key, _ in pairs)
        raise OscalError("double_key", key=keys.most_common(1)[0][0][:60])
    return found


def _no_constant(word: str) -> Any:
    raise OscalError("not_json", line="1", column="1", found=word)


class _Loader(yaml.CSafeLoader):
    """YAML whose dates stay the text that they are in JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(data: bytes) -> Any:
    try:
        _check_events(data)
        return _Loader(data).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = str(mark.line + 1) if mark is not None else "1"
        raise OscalError("not_yaml", line=line) from None
    except RecursionError:
        raise OscalError("too_deep", most=str(DEEPEST)) from None
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, OscalError):
            raise
        raise OscalError("not_yaml", line="1") from None


def _check_events(data: bytes) -> None:
    """Refuses what could grow or run: aliases, tags, depth, and more nodes than any catalog has."""
    depth = 0
    for count, event in enumerate(yaml.parse(io.BytesIO(data), Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            line = 1 if event.start_mark is None else event.start_mark.line + 1
            raise OscalError("unsafe_yaml", line=str(line))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise OscalError("too_deep", most=str(DEEPEST))
        if count > YAML_EVENTS:
            raise OscalError("too_large", most=str(LARGEST // 1024 // 1024))


def has_null(whole: Any) -> bool:
    """Whether a text anywhere in it has a null character: that reads well, and can never be stored."""
    waiting = [whole]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if "\0" in each:
                return True
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False


def check_depth(whole: Any) -> None:
    """Raises OscalError (too_deep). Level by level, without recursion."""
    level, depth = [whole], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise OscalError("too_deep", most=str(DEEPEST))
        inner = (each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list))
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
