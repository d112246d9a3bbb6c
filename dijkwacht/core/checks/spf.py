"""SPF (RFC 7208): is there exactly one record, is it sound with all it includes, and does it say no to everyone else?"""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import Known, Question, plain, unmeasured, usable, whole
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.spf_grammar import VERSION, is_record, parse
from dijkwacht.core.checks.spf_tree import Tree, records, walk


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`spf` (exactly one record) and `spf_policy` (sound, within the limits, and ending in -all or ~all)."""
    found = seen.lookup(seen.name, "TXT")
    if found is None or not usable(found):
        word, why = unmeasured(found)
        yield whole("spf", "mail", word, why, peer="failed" if word == "error" else word)
        yield whole("spf_policy", "mail", "not_tested", why)
        return
    texts = records(found.records)
    if len(texts) != 1:
        yield whole("spf", "mail", "failed", *_not_one(found.records, len(texts)))
        yield whole("spf_policy", "mail", "not_tested", Why("spf_no_policy"))
        return
    yield whole("spf", "mail", "passed", Why("spf_record", {"record": plain(texts[0])}))
    yield _policy(walk(seen.lookups, seen.name, texts[0], policy.limits["spf_lookups"]), policy)


def wanted(known: Known, name: str, *, lookups: int) -> set[Question]:
    """The includes, redirects and hosts to ask now. Empty once all is known or more than `lookups` are certain."""
    found = known.get((name, "TXT"))
    texts = records(found.records) if found else []
    return walk(known, name, texts[0], lookups).wanted if len(texts) == 1 else set()


def sends_nothing(seen: DomainSeen) -> bool:
    """Whether the record is `v=spf1 -all` and no more: this name sends no mail."""
    texts = records(seen.records(seen.name, "TXT"))
    if len(texts) != 1:
        return False
    record = parse(texts[0])
    return not record.wrong and [(term.kind, term.qualifier) for term in record.terms] == [("all", "-")]


def _not_one(texts: tuple[str, ...], count: int) -> Iterator[Why]:
    if count:
        yield Why("spf_many", {"count": count})
        return
    yield Why("spf_none")
    near = next((text for text in texts if text.strip().lower().startswith(VERSION) and not is_record(text)), None)
    if near is not None:
        yield Why("spf_almost", {"record": plain(near, 80)})


def _policy(tree: Tree, policy: Policy) -> Finding:
    limits = policy.limits
    count = {"count": tree.lookups, "most": limits["spf_lookups"]}
    wrong = list(tree.problems)
    if tree.lookups > limits["spf_lookups"]:
        if not any(why.code == "spf_loop" for why in wrong):
            wrong.append(Why("spf_lookups", count))
    elif tree.final not in ("-", "~") and not (tree.final is None and (tree.unanswered or _led_astray(wrong))):
        wrong.append(Why("spf_open", {"all": f"{tree.final}all"}) if tree.final else Why("spf_no_end"))
    if wrong:
        return whole("spf_policy", "mail", "failed", *wrong)
    if tree.unanswered:
        codes = {why.code for why in tree.unanswered}
        word: Word = "error" if "dns_unanswered" in codes else "not_tested"
        return whole(
            "spf_policy", "mail", word, *tree.unanswered, peer="passed" if codes == {"spf_macro"} else "failed"
        )
    notes = [Why("spf_closed", {"all": f"{tree.final}all", **count})]
    if tree.pointers:
        notes.append(Why("spf_ptr"))
    if tree.voids > limits["spf_void_lookups"]:
        void = Why("spf_void_lookups", {"count": tree.voids, "most": limits["spf_void_lookups"]})
        return whole("spf_policy", "mail", "warning", void, *notes, peer="passed")
    return whole("spf_policy", "mail", "passed", *notes)


def _led_astray(problems: list[Why]) -> bool:
    """Whether the record ends in a redirect that leads nowhere: then that is what is wrong, not that `all` is missing."""
    return any(why.params.get("term") == "redirect" for why in problems)
