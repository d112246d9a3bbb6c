"""``powers``: facts from a file, and what may be done on them. Needs no database."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.commands import Outcome
from dijkwacht.core.powers import UNKNOWN, outcomes, wrong_answers
from dijkwacht.core.powers import Outcome as Found
from dijkwacht.norms.powers import powers_pack
from dijkwacht.norms.problems import PackErrors
from dijkwacht.norms.text import parse
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of

LARGEST = 200_000
PLAIN: Mapping[bool | None, str] = {True: "yes", False: "no", None: UNKNOWN}
"""What YAML and JSON make of an answer without quotes."""


class WrongFacts(ValueError):
    """A file with facts that cannot be taken; the message says why."""


def facts_in(path: Path) -> dict[str, str]:
    """The answers in a file. Raises WrongFacts: missing, huge, empty, broken, an unknown fact or answer."""
    try:
        if path.stat().st_size > LARGEST:
            raise WrongFacts(f"{path.name}: larger than {LARGEST} bytes; facts are a short list")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongFacts(f"{path.name}: not UTF-8") from None
    except OSError as error:
        raise WrongFacts(f"{path.name}: cannot be read: {error.strerror}") from None
    if not text.strip():
        raise WrongFacts(f"{path.name}: empty; a mapping of facts to answers was expected")
    return _answers(_read(text, path.name), path.name)


def weighed(answers: Mapping[str, str], *, on: date) -> Outcome:
    """What may be done on these answers that day: per power its outcome, reasons, and what is still missing."""
    pack = powers_pack()
    found = outcomes(pack.powers, pack.reasons, answers, on=on)
    data = {
        name: {"outcome": each.outcome, "reasons": list(each.reasons), "missing": list(each.missing)}
        for name, each in found.items()
    }
    return Outcome(data, _lines(found, on))


def _read(text: str, name: str) -> Any:
    try:
        if text.lstrip().startswith("{"):
            try:
                return json.loads(text, object_pairs_hook=_once)
            except json.JSONDecodeError as error:
                if name.endswith(".json"):
                    raise WrongFacts(f"{name}:{error.lineno}: not JSON: {error.msg}") from None
        return parse(text, file=name).value
    except PackErrors as error:
        raise WrongFacts(str(error.problems[0])) from None
    except RecursionError:
        raise WrongFacts(f"{name}: nested too deep") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping in which no key stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise WrongFacts(f"{next(name for name in names if names.count(name) > 1)} stands there twice")
    return found


def _answers(value: Any, name: str) -> dict[str, str]:
    if isinstance(value, dict) and set(value) == {"facts"}:
        value = value["facts"]
    if not isinstance(value, dict):
        raise WrongFacts(f"{name}: a mapping of facts to answers was expected")
    if not value:
        raise WrongFacts(f"{name}: there is no fact in it")
    found: dict[str, str] = {}
    for fact, answer in value.items():
        plain = PLAIN[answer] if answer is None or isinstance(answer, bool) else answer
        if not isinstance(plain, str):
            raise WrongFacts(f"{name}: {str(fact)[:60]}: the answer must be a word, such as yes, no or unknown")
        found[str(fact)] = plain
    questions = powers_pack().questions
    for code, fact, answer in wrong_answers(questions, found)[:1]:
        if code == "fact":
            raise WrongFacts(f"{name}: there is no fact {fact[:60]}; there are {', '.join(questions)}")
        allowed = ", ".join((*questions[fact].answers, UNKNOWN))
        raise WrongFacts(f"{name}: {fact}: {answer[:60]!r} is no answer; it is one of {allowed}")
    return found


def _lines(found: Mapping[str, Found], on: date) -> list[str]:
    pack = powers_pack()
    heads = {
        "allowed": _("Allowed"), "allowed_if": _("Allowed if"), "not_allowed": _("Not allowed, because"),
    }  # fmt: skip
    lines = [_("On %(day)s, with the powers as checked on %(checked)s. Help with a decision, no legal advice.") % {
        "day": day_words(on), "checked": day_words(pack.as_of)}]  # fmt: skip
    for state, head in heads.items():
        mine = [name for name, each in found.items() if each.outcome == state]
        lines += ["", f"{head} ({len(mine)})"]
        for name in mine:
            lines.append(f"  {text_of(pack.powers[name].name)} [{name}]")
            lines += [f"    ? {text_of(pack.questions[fact].ask)} [{fact}]" for fact in found[name].missing]
            lines += [
                f"    - {text_of(pack.reasons[code].text)} ({pack.reasons[code].source})"
                for code in found[name].reasons
            ]
    return lines
