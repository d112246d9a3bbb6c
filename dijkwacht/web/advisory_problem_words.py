"""What is wrong in what publishers send, and why something was not fetched: one sentence each, after its place."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.core.advisories.problems import Problem
from dijkwacht.web.terms import number_words

_SENTENCES = {
    # the bytes
    "too_big": gettext_lazy("This is larger than %(most)s and was not read."),
    "bad_encoding": gettext_lazy("The characters cannot be read: they are not written in %(coding)s."),
    "not_json": gettext_lazy(
        "This is no valid JSON: it goes wrong in line %(line)s, position %(column)s. The file may have been cut off."
    ),
    "bad_number": gettext_lazy("One of the numbers in this file is no number that can be kept."),
    "too_deep": gettext_lazy("This is nested too deep and was not read any further."),
    "not_an_object": gettext_lazy("This JSON file does not hold one document."),
    "byte_order_mark": gettext_lazy("The file begins with a byte order mark, which does not belong in JSON."),
    "not_utf8": gettext_lazy("The file is written in %(coding)s; JSON should be UTF-8."),
    "double_key": gettext_lazy("The field “%(key)s” stands twice in one place, so one of its two values would be lost."),
    "bad_character": gettext_lazy("A character here cannot be kept; it was replaced."),
    # the fields
    "missing": gettext_lazy("“%(key)s” is missing."),
    "wrong_type": gettext_lazy("Here should stand %(expected)s. What stands here was not read."),
    "bad_moment": gettext_lazy("“%(value)s” is no moment that can be read."),
    "no_zone": gettext_lazy("“%(value)s” has no time zone; it was read as UTC."),
    "unknown_state": gettext_lazy("“%(value)s” is no state of a document; it should be draft, interim or final."),
    "unknown_csaf_version": gettext_lazy("“%(value)s” is no edition of CSAF that is known here."),
    "unknown_tlp": gettext_lazy("“%(value)s” is no TLP label; it was read as TLP:%(read_as)s."),
    "unknown_status": gettext_lazy("The standard has no such status, so what it says of products cannot be read."),
    "double_id": gettext_lazy("“%(id)s” stands here for the second time."),
    "double_vulnerability": gettext_lazy("“%(id)s” is in this document more than once; each of them was read."),
    "unknown_product": gettext_lazy("Product “%(id)s” is named here, but is nowhere in the document."),
    "unknown_group": gettext_lazy("Group “%(id)s” is named here, but is nowhere in the document."),
    "cycle": gettext_lazy("By this document, product “%(id)s” is in the end a part of itself."),
    "too_many_problems": gettext_lazy("More than %(most)s things are wrong in this document, so reading was stopped."),
    "too_many_uses": gettext_lazy("This document names products more than %(most)s times, so reading was stopped."),
    "too_many_products": gettext_lazy("This document has more than %(most)s products, so reading was stopped."),
    # held against the standard
    "schema": gettext_lazy("This does not have the form of the standard (CSAF): “%(message)s”."),
    "format": gettext_lazy("This is not written as the standard (CSAF) wants: “%(message)s”."),
    "rule": gettext_lazy("This breaks rule %(rule)s of the standard (CSAF): “%(message)s”."),
    "rule_failed": gettext_lazy("Rule %(rule)s of the standard (CSAF) could not be checked: its test failed (%(message)s)."),
    "file_name": gettext_lazy("The file is called “%(name)s”; by the standard it should be “%(wanted)s”."),
    "hash_bad": gettext_lazy("The hash is of other content. The document may have been altered or damaged."),
    "hash_unreadable": gettext_lazy("The hash beside the document cannot be read."),
    "hash_none": gettext_lazy("There is no hash beside the document; of this source it is demanded."),
    "signature_bad": gettext_lazy(
        "The signature is not of this document, or its key no longer holds. Fingerprint of the key: %(key)s."
    ),
    "signature_key_unknown": gettext_lazy(
        "The document was signed with a key that this source does not name. Fingerprint of the key: %(key)s."
    ),
    "signature_unreadable": gettext_lazy("The signature beside the document cannot be read."),
    "signature_none": gettext_lazy("The document is not signed; of this source it is demanded."),
    # lists
    "not_a_feed": gettext_lazy("This is no list of documents (ROLIE feed)."),
    "not_csv": gettext_lazy("This list cannot be read as CSV."),
    "not_gzip": gettext_lazy("This compressed file cannot be unpacked."),
    "cut_short": gettext_lazy("This compressed file stops halfway."),
    "bad_line": gettext_lazy("Here should stand a CVE number and two numbers from 0 to 1; this line was left out."),
    "outside_folder": gettext_lazy("“%(value)s” leads out of the folder of this source; it was left out."),
    "too_many_entries": gettext_lazy("This list has more than %(most)s entries and was not read."),
    "list_refused": gettext_lazy("List %(url)s could not be read. %(why)s"),
}  # fmt: skip
_FATAL = {
    "missing": gettext_lazy("“%(key)s” is missing, and without it nothing can be read."),
    "bad_character": gettext_lazy("“%(key)s” holds a character that cannot be kept, so it is not known what this is."),
}
_EXPECTED = {
    "text": gettext_lazy("a text"),
    "object": gettext_lazy("a group of fields"),
    "list": gettext_lazy("a list"),
    "relation": gettext_lazy("what a product is part of"),
}
_REFUSED = {
    "not_https": gettext_lazy("%(url)s was not fetched: it does not begin with https."),
    "bad_address": gettext_lazy("“%(url)s” is no address that can be fetched."),
    "inside": gettext_lazy("%(host)s was not fetched: it leads to %(address)s, which is inside a network."),
    "no_such_name": gettext_lazy("The name %(host)s was not found."),
    "no_answer": gettext_lazy("%(url)s gave no answer that can be read (%(cause)s)."),
    "too_slow": gettext_lazy("%(url)s took too long."),
    "too_big": gettext_lazy("%(what)s is larger than %(most)s and was not fetched."),
    "too_many_redirects": gettext_lazy("%(url)s sends on to another address too often."),
    "status": gettext_lazy("%(url)s was not fetched: %(why)s (%(status)s)."),
    "bad_coding": gettext_lazy("%(url)s was sent compressed (%(coding)s), which was not asked."),
    "no_such_file": gettext_lazy("“%(path)s” is not there, or may not be read."),
    "outside_folder": gettext_lazy("“%(path)s” leads out of the folder of this source."),
}
_ANSWERS = {
    "401": gettext_lazy("one has to sign in for it"),
    "403": gettext_lazy("access is denied"),
    "404": gettext_lazy("it is not there"),
    "410": gettext_lazy("it was taken away"),
    "429": gettext_lazy("it was asked too often"),
}
_HASHES = {
    "good": gettext_lazy("hash is right"),
    "bad": gettext_lazy("hash is wrong"),
    "none": gettext_lazy("no hash"),
    "unreadable": gettext_lazy("hash cannot be read"),
}
_SIGNATURES = {
    "good": gettext_lazy("signature is right"),
    "bad": gettext_lazy("signature is wrong"),
    "key_unknown": gettext_lazy("signed with a key that is not known"),
    "none": gettext_lazy("not signed"),
    "unreadable": gettext_lazy("signature cannot be read"),
}
_WEIGHTS = {
    "note": gettext_lazy("read all the same"),
    "grave": gettext_lazy("reason to set it aside"),
    "fatal": gettext_lazy("cannot be read"),
}
_CAUSE = re.compile(r"(\w+)=(.*?)(?=, \w+=|\)?$)")
_LINE = re.compile(r"/(\d+)(?:/\w+)?")
CODES = frozenset((*_SENTENCES, "not_checked"))
REFUSALS = frozenset(_REFUSED)


def problem_sentence(problem: Problem) -> str:
    """What is wrong, after its place in the document: ``/document/title: ...``. An unknown code is told as it is."""
    code, said = problem.code, _said(problem.code, problem.params)
    if code == "not_checked":
        sentence = _not_checked(problem.params)
    else:
        found = (_FATAL.get(code) if problem.weight == "fatal" else None) or _SENTENCES.get(code)
        sentence = str(found) % said if found is not None else f"({code})"
    where = _place(problem.path)
    return f"{where}: {sentence}" if where else sentence


def refused_sentence(code: str, params: Mapping[str, str]) -> str:
    """Why something was not fetched (``Refused``). An unknown code is told as it is."""
    said = _said(code, params)
    said["what"] = said.get("url") or said.get("path", "")
    said["why"] = _ANSWERS.get(said.get("status", ""), gettext_lazy("the other side did not give it"))
    found = _REFUSED.get(code)
    return str(found) % said if found is not None else f"({code})"


def hash_word(standing: str) -> str:
    """What the hash beside a document says."""
    return str(_HASHES.get(standing, standing))


def signature_word(standing: str) -> str:
    """What the signature beside a document says."""
    return str(_SIGNATURES.get(standing, standing))


def weight_word(weight: str) -> str:
    """What a problem costs: nothing, an advisory that is set aside, or the whole document."""
    return str(_WEIGHTS.get(weight, weight))


def _said(code: str, params: Mapping[str, str]) -> dict[str, Any]:
    """The parameters in words: amounts, what was expected, a key that is not told, why a list was refused."""
    said: dict[str, Any] = dict(params)
    if (most := params.get("most", "")).isdigit():
        said["most"] = filesizeformat(int(most)) if code == "too_big" else number_words(int(most))
    if "expected" in params:
        said["expected"] = _EXPECTED.get(params["expected"], params["expected"])
    if params.get("key") == "":
        said["key"] = _("not known")
    if code == "list_refused":
        said["why"] = _why(params.get("cause", ""))
    return said


def _why(cause: str) -> str:
    """The sentence of what was written out as ``code (name=value, ...)`` or ``code (place)``; as it is where that falls short."""
    code, _space, rest = cause.partition(" (")
    told = dict(_CAUSE.findall(rest))
    try:
        return refused_sentence(code, told) if code in _REFUSED and told else problem_sentence(Problem(code))
    except KeyError:
        return f"({cause})"


def _not_checked(params: Mapping[str, str]) -> str:
    """Three cases: the test of the form gave up, time was up, or the rules were left out as a whole."""
    if "message" in params:
        return _("The form could not be checked: the test of it failed (%(message)s).") % params
    if (left := params.get("left", "")).isdigit():
        n = int(left)
        return ngettext("%(n)d rule was not checked: time was up.", "%(n)d rules were not checked: time was up.", n) % {
            "n": n
        }
    said = {"rules": left}
    return _("The rules of the standard (CSAF, %(rules)s) were not checked, as with any large document.") % said


def _place(path: str) -> str:
    """A JSON pointer as it is; of a place in a list its line."""
    line = _LINE.fullmatch(path)
    return _("Line %(row)s") % {"row": line[1]} if line else path
