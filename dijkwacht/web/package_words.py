"""What the checker of packages says, in the language of the reader.

The checker itself knows no words of ours: it needs nothing but the package. Its reasons are English sentences; here each has
a template, and what stands in it is taken over. A reason without a template is told as it is.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dijkwacht.web.terms import status_word

_REASONS = (
    # the archive
    gettext_noop("larger than %(most)s MB"),
    gettext_noop("%(name)s is larger than %(most)s MB"),
    gettext_noop("%(name)s cannot be read: %(why)s"),
    gettext_noop("%(name)s cannot be written: %(why)s"),
    gettext_noop("%(name)s is the package itself; give another file for the selection"),
    gettext_noop("this is not a zip archive"),
    gettext_noop("the archive does not begin as it was written"),
    gettext_noop("this file is in the package twice"),
    gettext_noop("more than %(most)s files"),
    gettext_noop("the archive breaks off at byte %(byte)s"),
    gettext_noop("the archive breaks off in this file"),
    gettext_noop("not stored as it was written (compressed, encrypted or packed anew)"),
    gettext_noop("this file does not belong in a package"),
    gettext_noop("its header is not as it was written (byte %(byte)s of the package)"),
    gettext_noop("the list of files at the end is not as it was written (byte %(byte)s of the package)"),
    gettext_noop("%(n)s bytes stand after the end of the package"),
    # its files
    gettext_noop("this file is missing"),
    gettext_noop("this file does not belong in such a package"),
    gettext_noop("this file was not there when it was signed"),
    gettext_noop("this file was changed after it was signed"),
    gettext_noop("this is no list of contents"),
    gettext_noop("this is not the list of contents that was signed for"),
    gettext_noop("these are not the norms that were signed for"),
    # keys and signature
    gettext_noop("these are keys of %(organisation)s, not of the organisation in the manifest"),
    gettext_noop("the key of the manifest, %(key)s, is not in it"),
    gettext_noop("a signature of %(algorithm)s was expected"),
    gettext_noop("128 hexadecimal digits in small letters were expected"),
    gettext_noop("signed with key %(key)s, and the manifest names %(named)s"),
    gettext_noop("the signature does not fit the manifest: one of them was changed, or it is of another key"),
    gettext_noop("this is not the list of keys that was signed for"),
    gettext_noop("signed with key %(key)s, which is not key %(trusted)s and does not follow it by rotation"),
    gettext_noop("by the published list: %(why)s"),
    gettext_noop("key %(key)s is not in the list of keys"),
    gettext_noop("key %(key)s was lost; nothing that is signed with it counts"),
    gettext_noop("key %(key)s was lost at %(lost)s; what it signed at %(at)s does not count"),
    gettext_noop("key %(key)s was not in use yet at %(at)s, but from %(since)s"),
    gettext_noop("key %(key)s was no longer in use at %(at)s: it ended at %(until)s"),
    gettext_noop("key %(key)s is not as it stands in the published list"),
    gettext_noop("there is no time stamp in it to hold against the certificate that you gave"),
    # lines
    gettext_noop("these lines do not give the root that was signed"),
    gettext_noop("this line was signed in another place, as line %(line)s"),
    gettext_noop("a line was taken out before this one"),
    gettext_noop("this line was added after signing"),
    gettext_noop("this line was changed after it was signed"),
    gettext_noop("the lines from here on were taken out"),
    gettext_noop("this line is not one of those that were signed"),
    gettext_noop("this line does not stand in its order"),
    gettext_noop("%(requirement)s for %(subject)s is in it twice"),
    gettext_noop("this row does not end in a newline"),
    gettext_noop("there is no line %(line)s"),
    gettext_noop("no line was named"),
    gettext_noop("this is a selection already; take the whole package"),
    # what the reader expected
    gettext_noop("the organisation is %(found)s, and %(wanted)s was expected"),
    gettext_noop("the account is %(found)s, and %(wanted)s was expected"),
    gettext_noop("the reference date is %(found)s, and %(wanted)s was expected"),
    gettext_noop("statement %(number)s was accepted before: this is the same one again"),
    gettext_noop("statement %(number)s was replaced by statement %(later)s, which was accepted"),
    gettext_noop("statement %(newest)s was accepted before this older one, %(number)s"),
    gettext_noop("another statement with number %(number)s was accepted before"),
    gettext_noop("the register %(name)s is damaged"),
    gettext_noop("the register %(name)s cannot be used: %(why)s"),
    gettext_noop("the register %(name)s cannot be read: %(why)s"),
    gettext_noop("the register %(name)s cannot be written: %(why)s"),
    # judged again
    gettext_noop("some lines were given, without the facts to judge them again"),
    gettext_noop("they cannot be read: %(why)s"),
    gettext_noop("there is no account %(account)s in it"),
    gettext_noop("%(line)s is missing: judging gives %(n)s lines"),
    gettext_noop("judging gives no line %(line)s in this place"),
    gettext_noop("%(line)s: judged again this is %(status)s, and it says %(said)s"),
    gettext_noop("%(line)s: judged again this has another assurance, end or reason"),
    gettext_noop("fact %(number)s (%(fact)s) is not what the lines were judged on"),
)
_STATUSES = ("status", "said")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What a reason looks like, and its template; those with most fixed text first."""
    found = []
    for template in sorted(_REASONS, key=lambda each: -len(re.sub(r"%\(\w+\)s", "", each))):
        parts = re.split(r"%\((\w+)\)s", template)
        shape = "".join(f"(?P<{each}>.+)" if at % 2 else re.escape(each) for at, each in enumerate(parts))
        found.append((re.compile(shape, re.DOTALL), template))
    return tuple(found)


def reason_words(reason: str) -> str:
    """The reason of a refusal, in the language of the reader."""
    for pattern, template in _patterns():
        match = pattern.fullmatch(reason)
        if match:
            return _(template) % _parts(match.groupdict())
    return reason


def _parts(found: Mapping[str, str]) -> dict[str, str]:
    said = {key: status_word(value) if key in _STATUSES else value for key, value in found.items()}
    return said | ({"why": reason_words(found["why"])} if "why" in found else {})


def refusal_words(file: str, line: int | None, reason: str) -> str:
    """The same after its place: ``lines.jsonl, regel 2: deze regel is na het ondertekenen gewijzigd``."""
    said = reason_words(reason)
    if line is not None:
        return _("%(file)s, line %(line)s: %(reason)s") % {"file": file, "line": line, "reason": said}
    return f"{file}: {said}" if file else said
