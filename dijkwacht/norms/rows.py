"""Lists and tables of mappings within a pack file, read strictly: what several readers of `norms` share."""

from collections.abc import Iterable, Iterator

from dijkwacht.norms.fields import Fields


def rows(fields: Fields, key: str, *, keys: Iterable[str], name: str = "id", needed: bool = True) -> Iterator[Fields]:
    """The mappings of a list, each with the key that tells them apart; none has another key, none stands there twice."""
    found = fields.data.get(key)
    if found is None and not needed:
        return
    if not isinstance(found, list):
        fields.wrong(key, f"a list of {key} was expected")
        return
    allowed, seen = (name, *keys), set[str]()
    for i, data in enumerate(found):
        if not isinstance(data, dict):
            fields.wrong_at(f"{key}[{i}]", f"{key}[{i}] must be a mapping")
            continue
        inner = Fields(fields.document, data, str(data.get(name, f"{key}[{i}]")), fields.problems, True)
        inner.only(allowed)
        if not (text := inner.text(name, needed=True)):
            continue
        if text in seen:
            inner.wrong(name, f"{text} stands here twice")
        seen.add(text)
        yield inner


def table(fields: Fields, key: str, *, keys: Iterable[str]) -> Iterator[tuple[str, Fields]]:
    """The mappings of a mapping, each under its own name; none has another key."""
    part = fields.nested(key)
    if not part.data:
        fields.wrong(key, f"{key} is missing")
    allowed = tuple(keys)
    for name in part.data:
        inner = part.nested(name)
        inner = Fields(inner.document, inner.data, f"{fields.what} {key} {name}", inner.problems, True)
        inner.only(allowed)
        yield name, inner


def known(fields: Fields, key: str, allowed: Iterable[str], *, needed: bool = True) -> str:
    """A code that must be known elsewhere in the pack; empty when it is absent and may be."""
    value = fields.text(key, needed=needed)
    if value and value not in set(allowed):
        fields.wrong(key, f"unknown {key} {value}")
    return value


def all_known(fields: Fields, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """A list of such codes, none twice."""
    found, right = fields.words(key), set(allowed)
    for i, value in enumerate(found):
        if value not in right:
            fields.wrong_at(f"{key}[{i}]", f"unknown {key} {value}")
        if value in found[:i]:
            fields.wrong_at(f"{key}[{i}]", f"{value} stands here twice")
    return found
