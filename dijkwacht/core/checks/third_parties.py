"""Whom a visitor is handed to by the front page: hosts of others that it loads from, and what it loads in the clear."""

from collections.abc import Iterator

from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.https import unseen
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy


def findings(seen: DomainSeen, _policy: Policy) -> Iterator[Finding]:
    """`third_parties`, per address: `info` for hosts of others, `warning` for parts of the page over plain HTTP."""
    if not seen.web:
        yield from nowhere(seen, "third_parties")
    for address in seen.web:
        page = address.page
        if page is None:
            yield unseen("third_parties", address)
            continue
        why = []
        if page.third_parties:
            why.append(Why("third_parties", {"hosts": list(page.third_parties[:50]), "count": len(page.third_parties)}))
        if page.insecure:
            why.append(Why("mixed_content", {"addresses": list(page.insecure[:20]), "count": len(page.insecure)}))
        word: Word = "warning" if page.insecure else "info" if why else "passed"
        yield Finding("third_parties", "web", address.address, word, word, tuple(why))
