"""The network of dependencies of an organisation, and what was kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dijkwacht.apps.crisis.models.cascade import CascadeChange, CascadeRun, CascadeTie
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.cascade.changes import Change, applied, edge_key
from dijkwacht.core.cascade.form import digest
from dijkwacht.core.cascade.network import Edge, Network, Node
from dijkwacht.norms.cascade import CascadePack, start_network

KINDS = ("process", "system")


@dataclass(frozen=True)
class Mine:
    """The network here. ``changes`` by kind and key; ``start``: the start network in the same language."""

    pack: CascadePack
    start: Network
    network: Network
    changes: Mapping[tuple[str, str], CascadeChange]

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """By id."""
        return {each.id: each for each in self.network.nodes}

    @cached_property
    def edges(self) -> dict[str, Edge]:
        """By key."""
        return {edge_key(each.origin, each.target): each for each in self.network.edges}

    @cached_property
    def digest(self) -> str:
        """What tells this network from another."""
        return digest(self.network)

    def type_of(self, edge: Edge) -> str:
        """What an edge rests on: a type of the pack, or ``own``."""
        if ("edge", edge_key(edge.origin, edge.target)) in self.changes:
            return "own"
        found = self.pack.sources.get(edge.source)
        return found.type if found else "own"


def mine(organisation: Organisation, *, language: str) -> Mine:
    """The network of an organisation: the start network with its own changes."""
    pack = start_network()
    rows = {(each.kind, each.key): each for each in changes(organisation)}
    start = pack.named(language)
    made = [Change(each.kind, each.key, each.values, each.gone) for each in rows.values()]
    return Mine(pack, start, applied(start, made) if made else start, rows)


def changes(organisation: Organisation) -> list[CascadeChange]:
    """What differs here from the start network, nodes last so that an edge goes with its node."""
    rows = CascadeChange.objects.filter(organisation=organisation, withdrawn_at__isnull=True).select_related("by")
    return list(rows.order_by("-kind", "key"))


def ties(organisation: Organisation) -> dict[str, Subject]:
    """Per node what of the records it stands for."""
    rows = CascadeTie.objects.filter(organisation=organisation, withdrawn_at__isnull=True).select_related("subject")
    return {each.node: each.subject for each in rows}


def subjects(organisation: Organisation) -> list[Subject]:
    """What a node may stand for."""
    return list(
        Subject.objects.filter(organisation=organisation, kind__in=KINDS, archived_at__isnull=True).order_by("name")
    )


def kept(organisation: Organisation) -> list[CascadeRun]:
    """What was kept, the newest first."""
    return list(CascadeRun.objects.filter(organisation=organisation).select_related("by")[:50])
