"""The sentence for what is wrong with a network of dependencies, and words for what an edge rests on. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dijkwacht.core.cascade.network import Problem

_PROBLEMS: Mapping[str, str] = {
    "not_a_network": gettext_noop("This is no network: a list of nodes and a list of edges were expected."),
    "not_a_mapping": gettext_noop("This must be a row with names and values."),
    "no_id": gettext_noop("%(what)s is missing, or longer than 64 characters."),
    "twice": gettext_noop("This node is there twice."),
    "no_nodes": gettext_noop("There are no nodes."),
    "too_many_nodes": gettext_noop("There are more than 20,000 nodes."),
    "too_many_edges": gettext_noop("There are more than 100,000 edges."),
    "dangling": gettext_noop("This leads from or to %(what)s, which is not there."),
    "self_loop": gettext_noop("A node cannot depend on itself."),
    "not_a_band": gettext_noop("Three numbers were expected: lowest, likely and highest. It says %(what)s."),
    "not_finite": gettext_noop("This is no number to reckon with: %(what)s."),
    "not_ordered": gettext_noop("Lowest, likely and highest must run up: %(what)s."),
    "negative": gettext_noop("This cannot be below zero: %(what)s."),
    "too_long": gettext_noop("This is longer than 100,000 hours: %(what)s."),
    "not_a_chance": gettext_noop("A chance lies from 0 to 1: %(what)s."),
    "not_a_flag": gettext_noop("This must be true or false: %(what)s."),
    "not_a_text": gettext_noop("This must be text of at most 500 characters: %(what)s."),
    "unknown_key": gettext_noop("We do not know what this means: %(what)s."),
    "missing": gettext_noop("%(what)s is missing."),
    "too_large": gettext_noop("This file is too large: at most 20 MB as JSON, 5 MB as YAML."),
    "not_text": gettext_noop("This file is no text."),
    "not_readable": gettext_noop("This file is no JSON or YAML that we can read."),
    "name_twice": gettext_noop("In this file a name stands twice in one object, so what is meant cannot be known."),
}
_TYPES: Mapping[str, str] = {
    "observation": gettext_noop("observation"),
    "case": gettext_noop("one case"),
    "scenario": gettext_noop("scenario of others"),
    "assumption": gettext_noop("assumption"),
    "own": gettext_noop("own source"),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong, with where."""
    said = _(_PROBLEMS[problem.code]) % {"what": problem.what}
    return f"{problem.where}: {said}" if problem.where else said


def file_sentence(code: str, line: int | None) -> str:
    """Why a file cannot be read."""
    said = _(_PROBLEMS[code])
    return said if line is None else _("Line %(line)d: %(said)s") % {"line": line, "said": said}


def type_word(kind: str) -> Any:
    """What an edge rests on."""
    return _(_TYPES[kind])
