"""DMARC: is there one record for this name, does it ask to stop forged mail, and may its reports go where they are sent?

Where a record counts: RFC 7489 looks at the name and then at the organisational domain; RFC 9989 walks the tree in between
too. Our own word follows the walk, the word of internet.nl the older text; `editions` has both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dijkwacht.core.checks.asked import Known, Question, is_name, parents, plain, unmeasured, usable, whole, within
from dijkwacht.core.checks.dmarc_record import Record, parse, records
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, Lookup
from dijkwacht.core.checks.policy import Policy


@dataclass(frozen=True, slots=True)
class Place:
    """The name whose record counts, and the records there."""

    name: str
    texts: tuple[str, ...]


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`dmarc` (exactly one record) and `dmarc_policy` (sound, enforced, reports allowed)."""
    most = policy.limits["dmarc_lookups"]
    names = _names(seen.name, seen.organisational, most)
    walked = _place(seen.lookups, names)
    if isinstance(walked, _Unknown):
        word, why = unmeasured(walked.lookup)
        yield whole("dmarc", "mail", word, why, peer="failed" if word == "error" else word)
        yield whole("dmarc_policy", "mail", "not_tested", why)
        return
    older = _place(seen.lookups, _ends(names))
    known_older = older if isinstance(older, Place) else None
    own, old = _exists(walked), _exists(known_older)
    yield Finding("dmarc", "mail", "", own[0], old[0], own[1], {"rfc7489": old[0], "rfc9989": own[0]})
    yield _policy(seen, policy, walked, known_older)


def wanted(known: Known, name: str, organisational: str, *, lookups: int, hosts: int) -> set[Question]:
    """What to ask now: the record of the name, then those above it up to the organisational domain, then whether each of at
    most `hosts` report addresses elsewhere may receive reports."""
    names = _names(name, organisational, lookups)
    first = known.get((f"_dmarc.{name}", "TXT"))
    if first is None:
        return {(f"_dmarc.{name}", "TXT")}
    if not records(first.records) and usable(first):
        todo = {(f"_dmarc.{each}", "TXT") for each in names} - known.keys()
        if todo:
            return todo
    place = _place(known, names)
    if isinstance(place, _Unknown):
        return set()
    if place is None or len(place.texts) != 1:
        return set()
    asked = {(question, "TXT") for _, question in _elsewhere(place, organisational, hosts)}
    return {question for question in asked if question not in known}


def rejects(seen: DomainSeen, policy: Policy) -> bool:
    """Whether the policy is sound and asks to reject: with an SPF of `-all` alone this name sends no mail."""
    return any(
        finding.check == "dmarc_policy"
        and finding.word == "passed"
        and any(why.params.get("policy") == "reject" for why in finding.why)
        for finding in findings(seen, policy)
    )


@dataclass(frozen=True, slots=True)
class _Unknown:
    """The walk stopped at a question that has no answer."""

    lookup: Lookup | None


def _names(name: str, organisational: str, most: int) -> tuple[str, ...]:
    """Where a record may stand, nearest first: the name and what is above it up to the organisational domain.

    RFC 9989 section 4.10: at most eight questions; a longer name goes on at its last seven labels.
    """
    if not within(name, organisational) or name == organisational:
        return (name,)
    above = [each for each in parents(name) if within(each, organisational)]
    return (name, *islice((each for each in above if each.count(".") < most - 1), most - 1))


def _ends(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) == 1 else (names[0], names[-1])


def _place(known: Known, names: tuple[str, ...]) -> Place | _Unknown | None:
    """The first of the names that has a record, and above the first the topmost. None: there is no record."""
    found: Place | None = None
    for name in names:
        lookup = known.get((f"_dmarc.{name}", "TXT"))
        if lookup is None or not usable(lookup):
            return _Unknown(lookup)
        if texts := tuple(records(lookup.records)):
            found = Place(name, texts)
            if name == names[0] or parse(texts[0]).tags.get("psd", "").lower() == "n":
                break
    return found


def _exists(place: Place | None) -> tuple[Word, tuple[Why, ...]]:
    if place is None:
        return "failed", (Why("dmarc_none"),)
    if len(place.texts) > 1:
        return "failed", (Why("dmarc_many", {"name": place.name, "count": len(place.texts)}),)
    return "passed", (Why("dmarc_record", {"name": place.name, "record": plain(place.texts[0])}),)


def _policy(seen: DomainSeen, policy: Policy, place: Place | None, older: Place | None) -> Finding:
    own, why = _judged(seen, policy, place)
    old = own if older == place else _judged(seen, policy, older)[0]
    # a share of mail and an open door below the name are ours to warn of: internet.nl does not look at them
    codes = {each.code for each in why}
    peer: Word = "passed" if old == "warning" and codes.isdisjoint({"dmarc_report_elsewhere"}) else old
    return Finding("dmarc_policy", "mail", "", own, peer, why, {"rfc7489": old, "rfc9989": own})


def _judged(seen: DomainSeen, policy: Policy, place: Place | None) -> tuple[Word, tuple[Why, ...]]:
    if place is None or len(place.texts) != 1:
        return "not_tested", (Why("dmarc_no_policy"),)
    record = parse(place.texts[0])
    below = place.name != seen.name
    asked = record.policy(below=below)
    about = {"name": place.name, "policy": asked}
    if record.wrong:
        return "failed", (Why("dmarc_syntax", {"name": place.name, "parts": [plain(part) for part in record.wrong]}),)
    if not asked:
        return "failed", (Why("dmarc_no_p", about),)
    if asked == "none":
        return "failed", (Why("dmarc_monitors", about),)
    if record.testing and asked == "quarantine":
        return "failed", (Why("dmarc_testing", about),)
    warnings = (*_mild(record, asked, below=below), *_reports(seen, policy, place))
    open_questions = [each for each in warnings if each.code.startswith("dns_")]
    if open_questions and len(open_questions) == len(warnings):
        word: Word = "error" if any(each.code == "dns_unanswered" for each in warnings) else "not_tested"
        return word, tuple(open_questions)
    return ("warning" if warnings else "passed"), (*warnings, Why("dmarc_enforced", about))


def _mild(record: Record, asked: str, *, below: bool) -> Iterator[Why]:
    """Ways in which a policy that is enforced still lets forged mail through."""
    if record.testing:
        yield Why("dmarc_testing_reject", {"policy": asked})
    if not below and record.policy(below=True) == "none":
        yield Why("dmarc_open_below", {"policy": asked})
    if record.percent < 100:
        yield Why("dmarc_share", {"percent": record.percent})


def _reports(seen: DomainSeen, policy: Policy, place: Place) -> Iterator[Why]:
    """Report addresses elsewhere that did not say they want these reports (RFC 9990 section 4, before RFC 7489 section 7.1)."""
    for host, question in _elsewhere(place, seen.organisational, policy.limits["dmarc_report_hosts"]):
        lookup = seen.lookup(question, "TXT")
        if lookup is None or not usable(lookup):
            yield unmeasured(lookup)[1]
        elif len(records(lookup.records)) != 1:
            yield Why("dmarc_report_elsewhere", {"host": host, "name": question})


def _elsewhere(place: Place, organisational: str, most: int) -> Iterator[tuple[str, str]]:
    """Hosts outside the organisation that get reports, with the name at which they must say that they want them."""
    home = organisational or place.name
    hosts = (host for host in parse(place.texts[0]).hosts() if not within(host, home) and is_name(host))
    for host in islice(hosts, most):
        if is_name(question := f"{place.name}._report._dmarc.{host}"):
            yield host, question
