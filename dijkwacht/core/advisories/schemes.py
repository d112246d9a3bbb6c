"""The order of versions whose scheme is known, because a package URL gives its type. The same sort of text as `versions`.

So a database can compare them too. Each scheme is described by its own project; what they have in common is told here:
a character that says which kind of token comes, and for a number first how many digits it has.
"""

import re
from collections.abc import Callable

from dijkwacht.core.advisories.versions import END, LONGEST, number, version_key

__all__ = ["Order", "order_of", "semver_key"]

Order = Callable[[str], str]
"""From the text of a version to its key; empty when the text is not understood."""

_SEMVER = re.compile(
    r"[v=]*(\d{1,40})(?:\.(\d{1,40}))?(?:\.(\d{1,40}))?(?:\.(\d{1,40}))?(?:-([0-9a-z.-]+))?(?:\+[0-9a-z.-]*)?",
    re.A | re.I,
)
_PYPI = re.compile(
    r"v?(?:(\d{1,40})!)?(\d{1,40}(?:\.\d{1,40})*)"
    r"(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d{0,40}))?"
    r"(?:-(\d{1,40})|[-_.]?(post|rev|r)[-_.]?(\d{0,40}))?"
    r"(?:[-_.]?(dev)[-_.]?(\d{0,40}))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
    re.A,
)
_PYPI_PRE = {"alpha": "a", "a": "a", "beta": "b", "b": "b", "c": "c", "rc": "c", "pre": "c", "preview": "c"}
_DEB = re.compile(r"(?:(\d{1,9}):)?(\d[0-9A-Za-z.+~:-]*?)(?:-([0-9A-Za-z.+~]+))?", re.A)
_DEB_PART = re.compile(r"(\D*)(\d*)", re.A)
_RPM = re.compile(r"(?:(\d{1,9}):)?([0-9A-Za-z._+~^]+)(?:-([0-9A-Za-z._+~^]+))?", re.A)
_RPM_TOKEN = re.compile(r"(\d+)|([A-Za-z]+)|([~^])", re.A)
_GEM = re.compile(r"\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?", re.A)
_GEM_TOKEN = re.compile(r"(\d+)|([A-Za-z]+)", re.A)
_MAVEN_TOKEN = re.compile(r"([.-]?)(?:(\d+)|([^\d.-]+)|(?=[.-]|$))", re.A)
_MAVEN_RANKS = {"alpha": "a", "beta": "b", "milestone": "c", "rc": "d", "cr": "d", "snapshot": "e"}
_MAVEN_LETTERS = {"a": "alpha", "b": "beta", "m": "milestone"}  # where a number follows at once
_FAR = re.compile(r"\d{41}", re.A)  # no longer number fits a key


def order_of(purl_type: str) -> Order:
    """The order for packages of this type (``pypi``, ``npm``, …); that of `versions` for a type without a scheme here."""
    return _ORDERS.get(purl_type, version_key)


def semver_key(text: str) -> str:
    """Semantic Versioning 2.0.0, also when minor or patch is left out; build metadata does not count."""
    return _semver(text, case=True)


def _semver(text: str, *, case: bool) -> str:
    found = _SEMVER.fullmatch(text.strip())
    if not found or len(text) > LONGEST:
        return ""
    *parts, pre = found.groups()
    key = "".join(number(each or "0") for each in parts)
    return key + ("$" + "".join(map(_identifier, (pre if case else pre.lower()).split("."))) if pre else "") + END


def _identifier(text: str) -> str:
    return number(text) if text.isdigit() and len(text) <= 40 else "_" + text + " "


def _nuget(text: str) -> str:
    return _semver(text, case=False)


def _pypi(text: str) -> str:
    """PEP 440: epoch, release without zeros at the end, pre, post, dev, local."""
    found = _PYPI.fullmatch(text.strip().lower())
    if not found or len(text) > LONGEST:
        return ""
    epoch, release, pre, pre_number, dash, post, post_number, dev, dev_number, local = found.groups()
    key = number(epoch or "0") + "".join(map(number, re.sub(r"(?:\.0+)+$", "", release).split("."))) + "%"
    posted = dash or post
    key += _PYPI_PRE[pre] + number(pre_number) if pre else "!" if dev and not posted else "z"
    key += "p" + number(dash or post_number) if posted else "!"
    key += "d" + number(dev_number) if dev else "z"
    if local:
        key += "+" + "".join(number(each) if each.isdigit() else "," + each + " " for each in re.split("[-_.]", local))
    return key + END


def _deb(text: str) -> str:
    """Debian policy 5.6.12: pairs of other characters and a number; a tilde comes before the end, letters before signs."""
    found = _DEB.fullmatch(text.strip())
    if not found or len(text) > LONGEST or _FAR.search(text):
        return ""
    epoch, upstream, revision = found.groups()
    return number(epoch or "0") + _deb_part(upstream) + _deb_part(revision or "")


def _deb_part(text: str) -> str:
    out = []
    for index, (other, digits) in enumerate(_DEB_PART.findall(text)):
        if other or digits or not index:
            signs = ("!" if each == "~" else each if each.isalpha() else "{" + each for each in other)
            out.append("".join(signs) + END + number(digits))
    return "".join(out) + END


def _rpm(text: str) -> str:
    """As RPM compares: numbers above letters, a tilde before the end, a caret just after it, separators do not count."""
    found = _RPM.fullmatch(text.strip())
    if not found or len(text) > LONGEST or _FAR.search(text):
        return ""
    epoch, version, release = found.groups()
    return number(epoch or "0") + _rpm_part(version) + (_rpm_part(release) if release else "") + END


def _rpm_part(text: str) -> str:
    signs = {"~": "!", "^": "+"}
    return "".join(
        number(digits) if digits else "," + word + " " if word else signs[sign]
        for digits, word, sign in _RPM_TOKEN.findall(text)
    ) + END  # fmt: skip


def _gem(text: str) -> str:
    """As RubyGems compares: letters make a pre-release; zeros before the first letter and at the end do not count."""
    folded = text.strip()
    if not _GEM.fullmatch(folded) or len(text) > LONGEST or _FAR.search(text):
        return ""
    out: list[str] = []
    for digits, word in _GEM_TOKEN.findall(folded.replace("-", ".pre.")):
        if word:
            _drop_zeros(out)
        out.append("$" + word + " " if word else number(digits))
    _drop_zeros(out)
    return "".join(out) + END


def _drop_zeros(out: list[str]) -> None:
    while out and out[-1] == number("0"):
        out.pop()


def _maven(text: str) -> str:
    """As Maven compares: known words before the release, unknown ones after it, then ``-number``, then ``.number``."""
    folded = text.strip().lower()
    if not folded[:1].isdigit() or not folded.isascii() or len(text) > LONGEST or _FAR.search(text):
        return ""
    tokens: list[
        tuple[str, str]
    ] = []  # what stands before it, and the token; where letters meet digits a hyphen is thought
    found = [each for each in _MAVEN_TOKEN.finditer(folded) if each[0]]
    for each in found:
        between, digits, word = each.groups()
        if word in _MAVEN_LETTERS and folded[each.end() : each.end() + 1].isdigit():
            word = _MAVEN_LETTERS[word]
        tokens.append((between or "-" if tokens else ".", digits or word or "0"))
    _trim(tokens)
    words = [_maven_token(*each) for each in tokens]
    for place in range(
        len(words) - 2, -1, -1
    ):  # a zero that a pre-release follows weighs as nothing, so before the end
        if words[place] == "10" and words[place + 1][:1] in ("$", "%"):
            words[place] = "%"
    return "".join(words) + END


def _trim(tokens: list[tuple[str, str]]) -> None:
    """Takes out what counts for nothing at the end, and before each hyphen."""
    place = len(tokens) - 1
    while place >= 0:
        if _is_null(tokens[place][1]):
            del tokens[place]
        else:
            while place >= 0 and tokens[place][0] != "-":
                place -= 1
        place -= 1


def _is_null(token: str) -> bool:
    return not token.strip("0") or token in ("final", "ga", "release")


def _maven_token(between: str, text: str) -> str:
    if text.isdigit():
        return ("-" if between == "-" else "") + number(text)
    if text in _MAVEN_RANKS:
        return "$" + _MAVEN_RANKS[text]
    return "+" if text == "sp" else "," + re.sub(r"[^a-z0-9]", ")", text) + " "


_ORDERS: dict[str, Order] = {
    "pypi": _pypi, "npm": semver_key, "cargo": semver_key, "golang": semver_key, "hex": semver_key, "pub": semver_key,
    "swift": semver_key, "semver": semver_key, "nuget": _nuget, "deb": _deb, "rpm": _rpm, "gem": _gem, "maven": _maven,
}  # fmt: skip
