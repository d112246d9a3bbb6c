"""CAA: which authorities may give out certificates for a name (RFC 8659; parameters of RFC 8657, tags of RFC 9495)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dijkwacht.core.checks.asked import parents, plain, unmeasured
from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Area, Finding, Why
from dijkwacht.core.checks.observed import DomainSeen, Lookup
from dijkwacht.core.checks.policy import Policy

_TAG = re.compile(r"[a-zA-Z0-9]{1,255}\Z")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ISSUER = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z")
_PARAMETER = re.compile(rf"({_LABEL})[ \t]*=[ \t]*([\x21-\x3a\x3c-\x7e]*)\Z")
# Possessive, so that a long value made to fail costs no more than one that is sound.
_URL = re.compile(r"(?:mailto:[^@\s]++@[^@\s.]++\.[^@\s]++|https?://[^\s/?#]++\S*+)\Z", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]++@[^@\s.]++\.[^@\s]++\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ().;=a-zA-Z-]{3,63}\Z")
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S")
_CONTACT = {"iodef": _URL, "contactemail": _MAIL, "contactphone": _PHONE}
_ISSUING = frozenset({"issue", "issuewild", "issuemail", "issuevmc"})


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`web_caa` of the name, and `mail_caa` of each mail host."""
    if seen.web:
        yield _judge(seen, policy, "web", seen.name)
    else:
        yield from nowhere(seen, "web_caa")
    if not seen.mail:
        yield Finding("mail_caa", "mail", "", "not_tested", "not_tested", (Why("mail_no_hosts"),))
    for host in seen.mail[: policy.limits["mail_hosts"]]:
        yield _judge(seen, policy, "mail", host.name)


def _judge(seen: DomainSeen, policy: Policy, area: Area, name: str) -> Finding:
    check, target = ("web_caa", "") if area == "web" else ("mail_caa", name)
    found = relevant(seen, name)
    if found is None or not (found.answered or found.bogus):
        word, why = unmeasured(found)
        return Finding(check, area, target, word, word, (why,))
    if not found.records:
        return Finding(check, area, target, "warning", "warning", (Why("caa_none", {"name": name}),))
    wrong = problems(found.records, _known(policy))
    where = Why("caa_at", {"name": found.name, "records": [plain(each) for each in found.records[:20]]})
    return Finding(
        check, area, target, "warning" if wrong else "passed", "warning" if wrong else "passed", (*wrong, where)
    )


def relevant(seen: DomainSeen, name: str) -> Lookup | None:
    """The records that count for a name: its own, or those of the nearest name above that has any (RFC 8659, 3).

    The last answer when there are none; None when nothing was asked. A name whose signatures are broken is not climbed from.
    """
    last = None
    for each in (name, *parents(name)):
        found = seen.lookup(each, "CAA")
        if found is None:
            return last
        if found.records or not found.answered:
            return found
        last = found
    return last


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may stand in a record: tags, flags, and methods of validation (one that ends in `-` begins a method of one's own)."""

    tags: tuple[str, ...]
    flags: tuple[str, ...]
    methods: tuple[str, ...]

    def method(self, name: str) -> bool:
        """Whether a method of validation is known."""
        return name in self.methods or any(each.endswith("-") and name.startswith(each) for each in self.methods)


def _known(policy: Policy) -> Vocabulary:
    lists = policy.lists
    return Vocabulary(lists["caa_tags"], lists["caa_flags"], lists["caa_validation_methods"])


@lru_cache(maxsize=2048)
def problems(records: tuple[str, ...], known: Vocabulary) -> tuple[Why, ...]:
    """What is wrong with a set of records, each `flags tag value`; nothing when all are sound and one says `issue`."""
    found: list[Why] = []
    issue = False
    for record in records[:100]:
        flag, _, rest = record.partition(" ")
        tag, _, value = rest.partition(" ")
        issue = issue or tag.lower() == "issue"
        about = {"record": plain(record, 200)}
        if flag not in known.flags:
            found.append(Why("caa_flags", about))
        found += _property(tag.lower(), value.strip(" \t"), known, about)
    if not issue:
        found.append(Why("caa_no_issue"))
    return tuple(found)


def _property(tag: str, value: str, known: Vocabulary, about: dict[str, str]) -> Iterator[Why]:
    if not _TAG.match(tag):
        yield Why("caa_tag", about)
    elif tag not in known.tags:
        yield Why("caa_unknown_tag", about)
    elif tag in _ISSUING:
        yield from _issuer(value, known, about)
    elif tag in _CONTACT and not _CONTACT[tag].match(value):
        yield Why("caa_contact", about)


def _issuer(value: str, known: Vocabulary, about: dict[str, str]) -> Iterator[Why]:
    """What is wrong with `[issuer] [; name=value …]`; an empty issuer forbids everyone, and that is sound."""
    issuer, *parts = (part.strip(" \t") for part in value.split(";"))
    if issuer and not _ISSUER.match(issuer):
        yield Why("caa_issuer", about)
    for at, part in enumerate(parts):
        if not part and at == len(parts) - 1:
            continue  # `;` alone, or one at the end
        found = _PARAMETER.match(part)
        if found is None:
            yield Why("caa_parameter", about)
        elif found[1].lower() == "accounturi" and not _URI.match(found[2]):
            yield Why("caa_account", about)
        elif found[1].lower() == "validationmethods" and not all(map(known.method, found[2].split(","))):
            yield Why("caa_method", about)
