"""Who may say what: a document from outside is not ours, and a source does not speak for another.

The source that brought an advisory first may revise it. Another may too when it is at the publisher's own address, was registered
as one that passes on documents of others, or when an analyst let a document of it be read for this advisory. What somebody brings
by hand is for that person to judge. All else is set aside; *read anyway* reads it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.conf import settings

from dijkwacht.apps.advisories.models import Advisory, Document, DocumentState, Provider, ProviderKind
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.problems import Problem

OURS, ANOTHER, BY_HAND = "our_name", "another_source", "another_than_hand"
CODES = frozenset((OURS, ANOTHER, BY_HAND))
Source = tuple[str, str]
"""How a provider is known, also after it was ended and added anew: its kind and address, or its number."""


def faults(desk: Organisation, documents: Iterable[Document], provider: Provider | None) -> dict[str, Problem]:
    """Of these documents from one source, those that it may not bring in, by digest, with why."""
    documents = list(documents)
    before = _before(desk, {each.number for each in documents})
    ours = set(Advisory.objects.filter(organisation=desk, own=True).order_by().values_list("publisher", flat=True))
    found: dict[str, Problem] = {}
    for each in documents:
        if each.publisher in ours or not _may_name(desk, each.publisher, provider):
            found[each.digest] = Problem(OURS, weight="grave", params={"name": each.publisher[:200]})
            continue
        held = before.get((each.publisher, each.number))
        if provider is not None and held and not _may_revise(provider, each.publisher, held):
            names = ", ".join(sorted(name for name in held.values() if name))
            found[each.digest] = Problem(ANOTHER if names else BY_HAND, weight="grave", params={"first": names[:200]})
    return found


def only_fault(document: Document) -> bool:
    """Whether a document was set aside for nothing else than where it came from: from its own source it is read."""
    grave = [each["code"] for each in document.findings if each["weight"] != "note"]
    return document.state == DocumentState.ASIDE and bool(grave) and CODES.issuperset(grave)


def _before(desk: Organisation, numbers: Collection[str]) -> dict[tuple[str, str], dict[Source, str]]:
    """Per advisory, by publisher and number, the sources of which a document was read, with their names; by hand has none."""
    rows = Document.objects.filter(organisation=desk, number__in=numbers, state=DocumentState.READ).order_by()
    found: dict[tuple[str, str], dict[Source, str]] = defaultdict(dict)
    for row in rows.select_related("provider").only("publisher", "number", "provider"):
        found[row.publisher, row.number][_source(row.provider)] = row.provider.name if row.provider else ""
    return found


def _source(provider: Provider | None) -> Source:
    if provider is None:
        return "", ""
    return (provider.kind, provider.url) if provider.url else ("", str(provider.pk))


def _may_revise(provider: Provider, publisher: str, held: Collection[Source]) -> bool:
    return provider.passes_on or _source(provider) in held or _is_of(provider, publisher)


def _is_of(provider: Provider, publisher: str) -> bool:
    """Whether a source on the web is at the address of a publisher: the same host, or one below it."""
    if provider.kind != ProviderKind.WEB:
        return False
    theirs, host = _host(publisher).removeprefix("www."), _host(provider.url)
    return "." in theirs and (host == theirs or host.endswith(f".{theirs}"))


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"https://{address}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _may_name(desk: Organisation, publisher: str, provider: Provider | None) -> bool:
    """Whether a source may bring what this publisher said. What has an address of this installation only that very address
    brings, and of the desk itself nobody does."""
    try:
        ours, theirs = urlsplit(settings.DIJKWACHT_URL), urlsplit(publisher.strip())
        home = f"{ours.path.rstrip('/')}/o/"
        if (theirs.hostname, theirs.port) != (ours.hostname, ours.port) or not theirs.path.startswith(home):
            return True
    except ValueError:
        return True
    if theirs.path.removeprefix(home).split("/")[0] == desk.slug or provider is None:
        return False
    return provider.kind == ProviderKind.WEB and provider.url.startswith(publisher)
