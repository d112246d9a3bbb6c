"""Where a desk takes documents in: added, asked for at once, ended."""

import ipaddress
import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from dijkwacht.apps.advisories.models import Provider, ProviderKind
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.core.advisories.tlp import ORDER
from dijkwacht.web.moments import day_of

DEMANDS = ("hash", "signature")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def add(
    desk: Organisation, *, name: str, where: str, kind: str = ProviderKind.WEB, tlp: str = "", must: Collection[str] = (),
    named: Collection[int] = (), passes_on: bool = False, person: Person | None, at: datetime, actor: str = "",
) -> Provider:  # fmt: skip
    """Adds one. ``where``: a domain, the address of its metadata, or of a folder its path; ``named``: for whom its TLP:RED is;
    ``passes_on``: it brings documents of others too, as a folder always may, which is filled by those who keep this server.

    Raises Refused (empty, long, address, folder, label, demand, stranger, twice).
    """
    name, where = name.strip(), where.strip()
    for field, text, most in (("name", name, 120), ("where", where, 500)):
        if not text:
            raise Refused("empty", field=field)
        if len(text) > most:
            raise Refused("long", field=field, most=most)
    url = folder_of(where) if kind == ProviderKind.FOLDER else address_of(where)
    _check(desk, kind, tlp, must, named, at=at)
    with doing(desk, person=person, at=at, actor=actor) as deed:
        held = Provider.objects.filter(organisation=desk, ended_at__isnull=True)
        if held.filter(kind=kind, url=url).exists():
            raise Refused("twice", field="where")
        if held.filter(name=name).exists():
            raise Refused("twice", field="name")
        row = Provider.objects.create(
            organisation=desk, name=name, kind=kind, url=url, tlp=tlp, must=sorted(set(must)), named=sorted(set(named)),
            passes_on=passes_on or kind == ProviderKind.FOLDER, added_at=at, added_by=person, next_at=at,
        )  # fmt: skip
        deed.write("provider_added", about=f"provider:{row.pk}", rows=[row], name=name, where=url)
    return row


def _check(
    desk: Organisation, kind: str, tlp: str, must: Collection[str], named: Collection[int], *, at: datetime
) -> None:
    """Raises Refused (label, demand, stranger)."""
    if tlp and tlp not in ORDER:
        raise Refused("label", field="tlp")
    if not set(must) <= set(DEMANDS) or (kind == ProviderKind.FOLDER and "signature" in must):
        raise Refused("demand", field="must")  # the keys of a publisher come from its metadata on the web
    if not set(named) <= {each.pk for each in persons_in(desk, on=day_of(at))}:
        raise Refused("stranger", field="named")


def address_of(where: str) -> str:
    """A domain, or the whole address of a provider's metadata. Raises Refused (address).

    Only how it is written is looked at. Where it leads is judged when it is fetched, at every redirect anew.
    """
    refused = Refused("address", field="where")
    if not where.isascii() or not where.isprintable() or " " in where:
        raise refused
    try:
        parts = urlsplit(where if "://" in where else f"https://{where}")
        port = parts.port
    except ValueError:
        raise refused from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment or not _is_name(host):
        raise refused
    if parts.path in ("", "/") and not parts.query and port in (None, 443):
        return host
    return where if "://" in where else f"https://{where}"


def folder_of(where: str) -> str:
    """The path of a folder that is there. Raises Refused (folder)."""
    if "\0" in where or not Path(where).is_absolute() or not Path(where).is_dir():
        raise Refused("folder", field="where")
    return where


def _is_name(host: str) -> bool:
    """Whether this is a name below a top domain, and no address of a machine."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        return len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(each) for each in labels)
    return False


def ask(provider: Provider, *, person: Person, at: datetime) -> None:
    """The next run takes it along, whenever its turn was. Raises Refused (ended, by_hand)."""
    with doing(provider.organisation, person=person, at=at) as deed:
        row = _running(provider)
        if row.kind == ProviderKind.HAND:
            raise Refused("by_hand")
        row.next_at = at
        row.save(update_fields=["next_at"])
        deed.write("provider_asked", about=f"provider:{row.pk}", name=row.name)


def end(provider: Provider, *, person: Person | None, at: datetime, actor: str = "") -> None:
    """Nothing more is taken in from it; what came stays. Raises Refused (ended)."""
    with doing(provider.organisation, person=person, at=at, actor=actor) as deed:
        row = _running(provider)
        row.ended_at, row.next_at = at, None
        row.save(update_fields=["ended_at", "next_at"])
        deed.write("provider_ended", about=f"provider:{row.pk}", rows=[row], name=row.name)


def _running(provider: Provider) -> Provider:
    row = Provider.objects.select_for_update().get(pk=provider.pk)
    if row.ended_at is not None:
        raise Refused("ended")
    return row
