"""Reasons about names, mail, ports and software as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkwacht.core.checks.finding import Why
from dijkwacht.web.perimeter_values import REACHES, as_text

REASONS: Mapping[str, Any] = {
    "dns_not_asked": gettext_lazy("This was not asked."),
    "dns_denied": gettext_lazy("%(name)s (%(kind)s) was not asked: there is no consent for it."),
    "dns_unanswered": gettext_lazy("The name system gave no answer about %(name)s (%(kind)s): %(rcode)s."),
    "ns_ipv6": gettext_lazy("Name servers with an IPv6 address: %(count)s of %(of)s."),
    "ns_few_ipv6": gettext_lazy(
        "Name servers with an IPv6 address: %(count)s of %(of)s; at least %(least)s are needed."
    ),
    "ns_no_ipv6": gettext_lazy("No name server has an IPv6 address."),
    "ns_answers": gettext_lazy("%(host)s answers on %(address)s."),
    "ns_silent": gettext_lazy("%(host)s does not answer on %(address)s: %(reach)s."),
    "ns_not_tried": gettext_lazy("%(host)s was not asked on %(address)s: %(reach)s."),
    "dnssec_secure": gettext_lazy("%(name)s is signed, and the signatures hold."),
    "dnssec_none": gettext_lazy("%(name)s is not signed."),
    "dnssec_bogus": gettext_lazy("%(name)s is signed, but the signatures do not hold. %(reason)s"),
    "rpki_no_tables": gettext_lazy("There were no route tables to look in."),
    "rpki_no_addresses": gettext_lazy("There are no addresses to look up."),
    "rpki_not_looked_up": gettext_lazy("%(address)s was not looked up in the route tables."),
    "rpki_covered": gettext_lazy("There is a ROA for %(address)s."),
    "rpki_uncovered": gettext_lazy("There is no ROA for %(address)s."),
    "rpki_not_routed": gettext_lazy("No route to %(address)s is seen on the internet."),
    "rpki_valid": gettext_lazy("%(address)s: AS%(asn)s may announce %(prefix)s."),
    "rpki_invalid": gettext_lazy("%(address)s: AS%(asn)s announces %(prefix)s, and the ROA does not allow it."),
    "rpki_not_found": gettext_lazy("%(address)s: AS%(asn)s announces %(prefix)s, and no ROA says whether it may."),
    "mail_no_hosts": gettext_lazy("This name has no mail hosts."),
    "mail_host_silent": gettext_lazy("No address of %(host)s answers: %(reaches)s."),
    "mail_host_no_address": gettext_lazy("%(host)s has no address."),
    "mail_host_not_tried": gettext_lazy("%(host)s was not asked: %(reaches)s."),
    "mx_host": gettext_lazy("This mail host can be found."),
    "mx_host_without_address": gettext_lazy("The mail host %(host)s has no address, so it receives nothing."),
    "mx_none": gettext_lazy(
        "There is no MX record, so mail goes to the web server. Does this name receive no mail? Then say so with a null MX."
    ),
    "mx_none_sends_nothing": gettext_lazy(
        "SPF says that this name sends no mail, but no null MX says that it receives none."
    ),
    "mx_null": gettext_lazy("This name says that it receives no mail (null MX)."),
    "mx_null_beside": gettext_lazy("There is a null MX beside mail hosts (%(hosts)s); one contradicts the other."),
    "mx_more": gettext_lazy("There are %(count)s mail hosts; the first %(most)s were measured."),
    "spf_record": gettext_lazy("SPF: %(record)s"),
    "spf_none": gettext_lazy("There is no SPF record."),
    "spf_almost": gettext_lazy(
        "This looks like SPF but is not, because a space is missing after the version: %(record)s"
    ),
    "spf_many": gettext_lazy("There are %(count)s SPF records. Receivers then use none."),
    "spf_no_policy": gettext_lazy("There is no single SPF record, so no policy to judge."),
    "spf_closed": gettext_lazy("The record ends in %(all)s. It costs %(count)s of at most %(most)s lookups."),
    "spf_open": gettext_lazy("The record does not refuse other senders: it ends in %(all)s."),
    "spf_no_end": gettext_lazy("The record does not refuse other senders: it has no “all” at its end."),
    "spf_syntax": gettext_lazy("The record of %(name)s has words that are wrong: %(terms)s."),
    "spf_lookups": gettext_lazy(
        "The record with all it includes needs more than %(most)s lookups. Receivers stop there and pass it over."
    ),
    "spf_loop": gettext_lazy("The record goes round in a circle at %(name)s."),
    "spf_target_none": gettext_lazy("%(term)s leads to %(name)s, which has no SPF record."),
    "spf_target_many": gettext_lazy("%(term)s leads to %(name)s, which has more than one SPF record."),
    "spf_include_passes_all": gettext_lazy("The included record of %(name)s lets everyone send (+all)."),
    "spf_macro": gettext_lazy("Where the %(term)s leads depends on each message (%(name)s); that cannot be measured."),
    "spf_ptr": gettext_lazy("The record uses ptr, which is slow and unreliable and should no longer be used."),
    "spf_void_lookups": gettext_lazy(
        "%(count)s lookups find nothing; above %(most)s, receivers may pass the record over."
    ),
    "dkim_present": gettext_lazy("There is something below _domainkey, so there can be keys."),
    "dkim_none": gettext_lazy("There is nothing below _domainkey, so there are no keys."),
    "dkim_sends_nothing": gettext_lazy("SPF and DMARC say that this name sends no mail, so it needs no keys."),
    "dmarc_record": gettext_lazy("DMARC of %(name)s: %(record)s"),
    "dmarc_none": gettext_lazy("There is no DMARC record, here or higher up."),
    "dmarc_many": gettext_lazy("%(name)s has %(count)s DMARC records. Receivers then use none."),
    "dmarc_no_policy": gettext_lazy("There is no single DMARC record, so no policy to judge."),
    "dmarc_syntax": gettext_lazy("The record of %(name)s has parts that are wrong: %(parts)s."),
    "dmarc_no_p": gettext_lazy("The record of %(name)s asks for no policy (p=)."),
    "dmarc_monitors": gettext_lazy("The record of %(name)s only watches (%(policy)s): forged mail is delivered."),
    "dmarc_testing": gettext_lazy("The record of %(name)s is in test (t=y), so %(policy)s is not carried out."),
    "dmarc_testing_reject": gettext_lazy(
        "The record is in test (t=y), so forged mail is set apart instead of refused."
    ),
    "dmarc_open_below": gettext_lazy("For names below this one the record only watches (sp=none)."),
    "dmarc_share": gettext_lazy(
        "By the older standard the policy counts for %(percent)s %% of forged mail only (pct)."
    ),
    "dmarc_report_elsewhere": gettext_lazy(
        "Reports go to %(host)s, but that host does not say it wants them (%(name)s)."
    ),
    "dmarc_enforced": gettext_lazy("Policy of %(name)s: %(policy)s."),
    "starttls_yes": gettext_lazy("%(host)s encrypts on %(address)s."),
    "starttls_no": gettext_lazy("%(host)s does not offer encryption on %(address)s."),
    "starttls_refused": gettext_lazy("%(host)s offers encryption on %(address)s and then refuses it."),
    "starttls_broken": gettext_lazy(
        "%(host)s agrees to encrypt on %(address)s, and then no secured connection comes about."
    ),
    "starttls_unknown": gettext_lazy("The talk with %(host)s on %(address)s broke off: %(reason)s."),
    "starttls_not_tried": gettext_lazy("%(host)s was not asked to encrypt on %(address)s."),
    "subdomains_not_sought": gettext_lazy("No names below this one were sought."),
    "subdomains_found": gettext_lazy("Names with an address: %(count)s. Found by %(sources)s."),
    "subdomains_gone": gettext_lazy("Names that stand in certificates or lists but no longer exist: %(count)s."),
    "subdomains_wildcard": gettext_lazy("Every name below this one has an address, so a found word proves nothing."),
    "dangling_none": gettext_lazy("No name points to something that does not exist; looked at: %(count)s."),
    "dangling_alias": gettext_lazy(
        "%(name)s points to %(target)s, which does not exist. Whoever gets hold of that takes over the name."
    ),
    "dangling_claimable": gettext_lazy(
        "%(name)s points to %(target)s at %(service)s, which does not exist any more. Anyone may claim it there."
    ),
    "dangling_own": gettext_lazy("%(name)s points to %(target)s within the own name, which does not exist."),
    "dangling_to_look_at": gettext_lazy(
        "%(name)s points to %(target)s at %(service)s. Look whether the page there is still yours: if not, anyone may claim it."
    ),
    "dangling_name_server": gettext_lazy(
        "The name server %(target)s of %(name)s does not exist. Whoever gets hold of it answers for the whole name."
    ),
    "dangling_mail_host": gettext_lazy(
        "The mail host %(target)s of %(name)s does not exist. Whoever gets hold of it receives the mail."
    ),
    "ports_not_tried": gettext_lazy("No ports were tried."),
    "ports_denied": gettext_lazy("No ports were tried: consent does not reach that far."),
    "ports_closed": gettext_lazy("Of the ports that were tried none answers; tried: %(count)s."),
    "port_open": gettext_lazy("%(service)s (port %(port)s) of %(host)s answers to anyone."),
    "port_unknown": gettext_lazy("Port %(port)s of %(host)s answers to anyone; which service that is, is not known."),
    "software_none": gettext_lazy("No software names itself."),
    "software_not_measured": gettext_lazy("Nothing answered, so no software could name itself."),
    "software_named": gettext_lazy("%(title)s names itself, without a version."),
    "software_exposed": gettext_lazy("%(title)s shows its version: %(version)s."),
    "software_possible": gettext_lazy(
        "Advisories speak of %(title)s %(version)s: %(advisories)s. Possible, not proven: the version is its own word."
    ),
    "software_confirmed": gettext_lazy(
        "Advisories speak of %(title)s %(version)s: %(advisories)s. The organisation itself says that this version runs here."
    ),
    "software_mended": gettext_lazy(
        "Advisories speak of %(title)s %(version)s: %(advisories)s. The organisation itself says that this was mended "
        "without a new number."
    ),
    "software_backports": gettext_lazy(
        "This is a package of %(distribution)s, which mends mistakes without a new number. Look in its own list."
    ),
}
_VALUES: Mapping[str, Any] = {
    **REACHES,
    "list": pgettext_lazy("measured", "a list of words"),
    "ct": pgettext_lazy("measured", "certificates"),
    "dns": pgettext_lazy("measured", "the name system"),
}
_WORDED = frozenset({"reach", "reaches", "sources"})


def sentence(why: Why) -> str | None:
    """The reason as a sentence in the language of the page; None when its code belongs to another part."""
    if (template := REASONS.get(why.code)) is None:
        return None
    return str(template) % {
        name: as_text(value, _VALUES if name in _WORDED else {}) for name, value in why.params.items()
    }
