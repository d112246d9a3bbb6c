"""Marked-up text of OSCAL's XML (p, ul, em, insert …) as the Markdown in which its JSON has the same text.

Source: NIST, OSCAL data types, markup-line and markup-multiline (pages.nist.gov/OSCAL/reference/datatypes).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

HEADINGS = {f"h{number}": number for number in range(1, 7)}
BLOCKS = frozenset(("p", "ul", "ol", "pre", "table", "blockquote", "img", *HEADINGS))
WITHIN = frozenset(("li", "tr", "td", "th", "thead", "tbody"))
INLINE = frozenset(("em", "i", "strong", "b", "code", "q", "sub", "sup", "a", "insert", "img", "br"))
INDENTING = frozenset(("ul", "ol", "blockquote"))  # what puts something before every line that it holds
_AROUND = {"em": "*", "i": "*", "strong": "**", "b": "**", "q": '"', "sub": "~", "sup": "^"}
_SPECIAL = re.compile(r"([*`~^])")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Node:
    """An element of marked-up text, with what it holds in its order."""

    name: str
    attrs: dict[str, str]
    inner: list["str | Node"] = field(default_factory=list)


def line(nodes: Iterable[str | Node]) -> str:
    """One line of text: spaces taken together, none around it."""
    return _SPACE.sub(" ", _inline(nodes).replace("\n", " ")).strip()


def lines(nodes: Iterable[str | Node]) -> str:
    """Text of several blocks, an empty line between them. Text that stands in no block is a block of its own."""
    found: list[str] = []
    loose: list[str | Node] = []
    for each in nodes:
        if isinstance(each, Node) and each.name in BLOCKS and each.name != "img":
            found += [line(loose), _block(each)]
            loose = []
        else:
            loose.append(each)
    return "\n\n".join(each for each in (*found, line(loose)) if each)


def _inline(nodes: Iterable[str | Node]) -> str:
    return "".join(_SPECIAL.sub(r"\\\1", each) if isinstance(each, str) else _marked(each) for each in nodes)


def _marked(node: Node) -> str:
    attrs = node.attrs
    if node.name == "insert":
        return f"{{{{ insert: {attrs.get('type', 'param')}, {attrs.get('id-ref', '')} }}}}"
    if node.name == "img":
        return f"![{attrs.get('alt', '')}]({attrs.get('src', '')})"
    if node.name == "br":
        return " "
    if node.name == "code":
        return f"`{_plain(node)}`"
    text = _inline(node.inner)
    if node.name == "a":
        return f"[{text}]({attrs.get('href', '')})"
    around = _AROUND.get(node.name, "")
    return f"{around}{text}{around}"


def _plain(node: Node) -> str:
    return "".join(each if isinstance(each, str) else _plain(each) for each in node.inner)


def _block(node: Node) -> str:
    if node.name in HEADINGS:
        return f"{'#' * HEADINGS[node.name]} {line(node.inner)}"
    if node.name in ("ul", "ol"):
        mark = "- " if node.name == "ul" else "1. "
        return "\n".join(_item(each, mark) for each in _held(node, "li"))
    if node.name == "pre":
        return f"```\n{_plain(node)}\n```"
    if node.name == "blockquote":
        return "\n".join(f"> {each}".rstrip() for each in lines(node.inner).split("\n"))
    return _table(node) if node.name == "table" else line(node.inner)


def _item(node: Node, mark: str) -> str:
    """One item of a list; what stands under it is indented by as much as its mark."""
    tight = lines(node.inner).replace("\n\n", "\n")
    return mark + tight.replace("\n", "\n" + " " * len(mark))


def _table(node: Node) -> str:
    rows = [[line(cell.inner).replace("|", "\\|") for cell in _held(row, "td", "th")] for row in _held(node, "tr")]
    told = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*told[:1], "|" + " --- |" * len(rows[0]), *told[1:]]) if rows else ""


def _held(node: Node, *names: str) -> list[Node]:
    """The elements of these names in another, also where it keeps them in a thead or tbody."""
    found: list[Node] = []
    for each in node.inner:
        if isinstance(each, Node):
            found += [each] if each.name in names else _held(each, *names) if each.name in ("thead", "tbody") else []
    return found
