"""An SPF record with all it includes: questions it costs a receiver, what is wrong in it, and which answers are missing.

Bounded whatever the records say: a step down costs a lookup, and no one goes further once there are more than the limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dijkwacht.core.checks.asked import Known, Question, is_name, plain, unmeasured, usable
from dijkwacht.core.checks.finding import Why
from dijkwacht.core.checks.spf_grammar import LOOKING_UP, Term, is_record, parse


@dataclass(slots=True)
class Tree:
    """What a walk found. `final`: the qualifier of the `all` that decides in the end, None without one or when unknown.

    `unanswered`: why a part of it is not known. `wanted`: what to ask next.
    """

    lookups: int = 0
    voids: int = 0
    final: str | None = None
    problems: list[Why] = field(default_factory=list)
    unanswered: list[Why] = field(default_factory=list)
    wanted: set[Question] = field(default_factory=set)
    pointers: bool = False


def records(texts: Iterable[str]) -> list[str]:
    """The texts that say they are SPF."""
    return [text for text in texts if is_record(text)]


def walk(known: Known, name: str, text: str, limit: int) -> Tree:
    """The tree below the record `text` of `name`, as far as the answers go and at most one lookup past `limit`."""
    tree = Tree()
    tree.final = _Walker(known, limit, tree).read(name, text, (name,))
    if tree.lookups > limit:
        tree.wanted.clear()
    return tree


@dataclass(frozen=True, slots=True)
class _Walker:
    """The answers, how far to go, and what is being filled."""

    known: Known
    limit: int
    tree: Tree

    def read(self, name: str, text: str, path: tuple[str, ...]) -> str | None:
        """Adds one record to the tree. The qualifier of the `all` in which it ends."""
        tree, record = self.tree, parse(text)
        if record.wrong:
            tree.problems.append(Why("spf_syntax", {"name": name, "terms": [plain(word) for word in record.wrong]}))
        for term in record.evaluated():
            if tree.lookups <= self.limit:
                tree.lookups += term.kind in LOOKING_UP
            if tree.lookups > self.limit:
                break
            tree.pointers |= term.kind == "ptr"
            if term.kind == "redirect":
                return self.follow(term, path)
            if term.kind == "include":
                if self.follow(term, path) == "+" == term.qualifier:
                    tree.problems.append(Why("spf_include_passes_all", {"name": term.domain}))
            elif term.kind in ("a", "mx", "exists") and not term.macro:
                self.void(term, name)
        return record.all

    def follow(self, term: Term, path: tuple[str, ...]) -> str | None:
        """Reads the record an include or redirect points to."""
        tree, target, about = self.tree, term.domain, {"name": term.domain, "term": term.kind}
        if term.macro:  # depends on each message: nobody can tell beforehand where it leads
            if term.kind == "redirect":
                tree.unanswered.append(Why("spf_macro", about))
            return None
        if target in path:
            tree.problems.append(Why("spf_loop", about))
            tree.lookups = self.limit + 1  # going round, a receiver reaches the limit
            return None
        found = self.known.get((target, "TXT"))
        if is_name(target) and (found is None or not usable(found)):
            if found is None:
                tree.wanted.add((target, "TXT"))
            tree.unanswered.append(unmeasured(found)[1])
            return None
        texts = records(found.records) if found else []
        if len(texts) != 1:
            tree.voids += not (found and found.records)
            tree.problems.append(Why("spf_target_many" if texts else "spf_target_none", about))
            return None
        return self.read(target, texts[0], (*path, target))

    def void(self, term: Term, name: str) -> None:
        """Counts a lookup that finds nothing (section 4.6.4), as a receiver of a message over IPv4 does."""
        question = (term.domain or name, "MX" if term.kind == "mx" else "A")
        found = self.known.get(question)
        if not is_name(question[0]):
            self.tree.voids += 1
        elif found is None:
            self.tree.wanted.add(question)
        elif usable(found) and not found.records:
            self.tree.voids += 1
