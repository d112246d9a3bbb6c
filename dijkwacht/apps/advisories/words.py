"""What this room says when a verb is refused, naming the field."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.core.text import capital

FIELDS: Mapping[str, Any] = {
    "because": gettext_lazy("Why"),
    "basis": gettext_lazy("What was agreed"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "wait_until": gettext_lazy("Until when"),
    "vendor": gettext_lazy("Supplier"),
    "product": gettext_lazy("Product"),
    "version": gettext_lazy("Version"),
    "purl": gettext_lazy("Package URL (purl)"),
    "cpe": gettext_lazy("CPE name"),
    "location": gettext_lazy("Where it runs"),
    "owner": gettext_lazy("Owner"),
    "to_vendor": gettext_lazy("Supplier in advisories"),
    "to_product": gettext_lazy("Product in advisories"),
    "text": gettext_lazy("What you follow"),
    "label": gettext_lazy("Name of this source"),
    "said": gettext_lazy("What was said"),
    "summary": gettext_lazy("What changed?"),
    "where": gettext_lazy("Domain or address"),
    "tlp": gettext_lazy("Label of the source"),
    "must": gettext_lazy("What is demanded"),
    "named": gettext_lazy("For whom TLP:RED is"),
    "technical": gettext_lazy("For who installs and repairs"),
    "management": gettext_lazy("For who decides"),
    "assessment": gettext_lazy("What do you do with it, and why?"),
    "handler": gettext_lazy("Who handles it"),
    "decided": gettext_lazy("Who accepted the risk"),
    "until": gettext_lazy("Accepted until"),
    "likelihood": gettext_lazy("Likelihood, as you see it"),
    "damage": gettext_lazy("Damage, as you see it"),
}
"""What a field is called in a sentence about it; a form may call it otherwise, and then its label counts."""

REFUSED: Mapping[str, Any] = {
    "empty": gettext_lazy("Fill in “%(field)s”."),
    "long": gettext_lazy("“%(field)s” is too long: at most %(most)s characters."),
    "long_together": gettext_lazy("These names are too long together to be kept."),
    "past": gettext_lazy("“%(field)s” must be a day after today."),
    "email": gettext_lazy("“%(field)s” is no e-mail address."),
    "reach": gettext_lazy("Give an e-mail address or a telephone number."),
    "role": gettext_lazy("That role does not exist."),
    "kind": gettext_lazy("Only a CSIRT can warn another organisation."),
    "twice": gettext_lazy("That is so already."),
    "not_by_hand": gettext_lazy(
        "This line comes from a file. Bring in a newer file to change it, or say which version is used."
    ),
    "gone": gettext_lazy("This line is no longer in the register."),
    "no_version": gettext_lazy("“%(value)s” names no version. Leave it empty when you do not know it."),
    "purl": gettext_lazy("“%(field)s” is no package URL that names a product."),
    "cpe": gettext_lazy("“%(field)s” is no CPE that names a product."),
    "half_alias": gettext_lazy("Fill in a product on both sides, or on neither for the whole supplier."),
    "same_name": gettext_lazy("To us these two names are one already."),
    "no_words": gettext_lazy("“%(field)s” holds no letter or figure to compare."),
    "label_needed": gettext_lazy("Fill in which application or system this list of parts is about."),
    "whose": gettext_lazy("This file is about several organisations. Choose which of them it is for."),
    "ended": gettext_lazy("That was ended already."),
    "stranger": gettext_lazy("That person has no role here."),
    "decision": gettext_lazy("Choose what is decided."),
    "audience": gettext_lazy("That audience does not exist."),
    "withdrawn": gettext_lazy("The publisher withdrew this advisory: nobody can be warned of it."),
    "rests_on_it": gettext_lazy("Somebody was warned of this and must be able to read it. It stays."),
    "taken_in": gettext_lazy("This document was taken in. Take its advisory away, with all its revisions."),
    "told_already": gettext_lazy(
        "Somebody was warned already; that cannot be undone. A newer revision tells them more."
    ),
    "label_too_strict": gettext_lazy(
        "The label TLP:%(label)s keeps this inside your own organisation. Ask the source for a looser label."
    ),
    "not_aside": gettext_lazy("Somebody settled this already. Look again."),
    "unreadable": gettext_lazy("Nothing in this document can be read, so it cannot be read anyway."),
    "address": gettext_lazy(
        "“%(field)s” is no domain and no address that begins with https. For example: csirt.example, or "
        "https://csirt.example/csaf/provider-metadata.json."
    ),
    "folder": gettext_lazy("This folder is not on the server, or the path is not written in full."),
    "label": gettext_lazy("That label does not exist."),
    "demand": gettext_lazy("That cannot be demanded of this source."),
    "by_hand": gettext_lazy("This source gets its files by hand, so there is nothing to fetch."),
    "list_empty": gettext_lazy("Nothing of this list was found in this file, so nothing was changed."),
    "list_unreadable": gettext_lazy("This list cannot be read: %(why)s."),
    "list_ahead": gettext_lazy("These scores are of a day that has yet to come, so nothing was changed."),
    "list_of_csirt": gettext_lazy("Here a CSIRT brings in the public lists, because they hold for everybody."),
    "list_older": gettext_lazy("Scores of a later day are here already, so nothing was changed."),
    "not_opened": gettext_lazy("%(name)s cannot be opened, or no JSON file is in it."),
    "no_record": gettext_lazy("%(name)s is no record of the CVE list."),
    "not_known": gettext_lazy("These lines name no organisation that we know, or more than one: %(lines)s."),
    "first": gettext_lazy("Nobody stands before this contact."),
    "called": gettext_lazy("Somebody recorded this call already. Look again."),
    "outcome": gettext_lazy("Choose what came of it."),
    "given_out": gettext_lazy(
        "This was given out already and cannot be thrown away. Give out a revision that says what holds."
    ),
    "turned": gettext_lazy("Somebody changed this after you looked at it. Look again before you give it out."),
    "unchanged": gettext_lazy("Nothing changed since the last revision was given out."),
    "earlier": gettext_lazy("The last revision is from a later moment, so this one would come before it."),
    "not_valid": gettext_lazy("This is not complete yet, or not valid. Put right what stands above."),
    "no_flag": gettext_lazy(
        "Of no product it is said that it is not affected, with the reason. Say so first in the warning."
    ),
    "not_usable": gettext_lazy("The file has problems or no lines; nothing was taken over."),
    "grade": gettext_lazy("Choose low, medium or high."),
    "half_rating": gettext_lazy("Rate both likelihood and damage, or neither."),
    "lower_reason": gettext_lazy("Say why you rate it lower than the publisher does."),
    "has_assets": gettext_lazy("This warning is about products of yours: say how each of them stands."),
    "verdict": gettext_lazy("Choose how it stands."),
    "lapsed": gettext_lazy("This warning has lapsed: nothing is left to say of it."),
    "no_assets": gettext_lazy(
        "This warning is about no product of yours now: say in the written assessment how it stands."
    ),
    "weakness": gettext_lazy("That weakness is not in this warning."),
    "no_proposal": gettext_lazy("Nothing is left to take over. Look again."),
    "label_named": gettext_lazy("The label TLP:%(label)s keeps this from that person, also as the one who handles it."),
    "status_unknown": gettext_lazy("Choose how it stands."),
    "reason_needed": gettext_lazy("Say why. For “not affected” one of the reasons in the list is enough too."),
    "flag_unknown": gettext_lazy("That reason does not exist."),
    "who_needed": gettext_lazy("Choose who accepted the risk."),
    "until_needed": gettext_lazy("Give the last day on which the risk is accepted."),
    "until_past": gettext_lazy("That day has passed: give today or a day after it."),
}


def refusal(error: Refused) -> str:
    """Why it is refused, in the language of the moment."""
    params = dict(error.params)
    if "field" in params:
        params["field"] = FIELDS.get(params["field"], params["field"])
    return capital(str(REFUSED[error.code]) % params)
