"""The contacts as a file that needs nothing: one HTML page without anything from outside, and plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = (
    "body{font:16px/1.4 sans-serif;color:#16242a;background:#fff;max-width:60rem;margin:1.5rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:1.4rem 0 .3rem}ul{list-style:none;margin:0;padding:0}"
    "li{padding:.5rem 0;border-bottom:1px solid #c5d0d6;break-inside:avoid}.reach{font-size:1.2rem;font-weight:bold}"
    ".reach a{color:inherit}.note{color:#44545b;font-size:.9rem}.old{font-weight:bold}@page{size:A4;margin:15mm}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to reach. ``reach``: numbers, each with whether it can be called; ``mark``: that nobody tried it lately, or ""."""

    who: str
    reach: Sequence[tuple[str, bool]]
    note: str
    checked: str
    mark: str


@dataclass(frozen=True, slots=True)
class ContactFile:
    """The list in words, by circle."""

    title: str
    lead: str
    language: str
    groups: Sequence[tuple[str, Sequence[Entry]]]


def as_html(file: ContactFile) -> str:
    """One page that opens without a network: no scripts, pictures, fonts or addresses of others."""
    body = "".join(
        f"<h2>{escape(name)}</h2><ul>{''.join(map(_entry, entries))}</ul>" for name, entries in file.groups if entries
    )
    return (
        f'<!doctype html><html lang="{escape(file.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(file.title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(file.title)}</h1><p>{escape(file.lead)}</p>{body}</body></html>\n"
    )


def _entry(entry: Entry) -> str:
    reach = " · ".join(_reach(text, calls) for text, calls in entry.reach)
    note = " · ".join(filter(None, (entry.note, entry.checked)))
    mark = f' <span class="old">{escape(entry.mark)}</span>' if entry.mark else ""
    return (
        f'<li>{escape(entry.who)}<br><span class="reach">{reach}</span><br>'
        f'<span class="note">{escape(note)}{mark}</span></li>'
    )


def _reach(text: str, calls: bool) -> str:
    digits = "".join(each for each in text if each.isdigit() or each == "+")
    return f'<a href="tel:{digits}">{escape(text)}</a>' if calls and digits else escape(text)


def as_text(file: ContactFile) -> str:
    """The same as plain text, for a telephone without anything or a dot printer."""
    lines = [file.title.upper(), file.lead, ""]
    for name, entries in file.groups:
        if not entries:
            continue
        lines += [name.upper(), ""]
        for each in entries:
            lines += [f"  {each.who}", f"    {'  |  '.join(text for text, _calls in each.reach)}"]
            lines += [f"    {text}" for text in (each.note, each.checked, each.mark) if text]
        lines.append("")
    return "\n".join(lines)
