"""Words for what is measured of names, mail, ports and software: what each check looks at, why, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class CheckWords:
    """A check in words: its name, what it looks at, why that matters, and how to mend it. All lazy texts."""

    title: Any
    meaning: Any
    matters: Any
    mend: Any


_AUTHORISED = (
    gettext_lazy("Whether the owner of these addresses has published who may announce them (a ROA)."),
    gettext_lazy(
        "Without it anyone can announce these addresses on the internet, by mistake or on purpose, and receive the traffic."
    ),
    gettext_lazy("Ask the hosting party or provider to make ROAs for these addresses."),
)
_ROUTED = (
    gettext_lazy("Whether the routes to these addresses, as seen on the internet, agree with the published ROAs."),
    gettext_lazy(
        "Networks that check routes drop one that does not agree: part of the world can then no longer reach the service."
    ),
    gettext_lazy("Ask the hosting party or provider to make route and ROA agree: AS number and length of the prefix."),
)
CHECKS: Mapping[str, CheckWords] = {
    "ns_aaaa": CheckWords(
        gettext_lazy("IPv6 addresses of name servers"),
        gettext_lazy("Whether at least two name servers of the name have an IPv6 address."),
        gettext_lazy("Whoever has IPv6 only cannot find the name otherwise, and one server alone may fail."),
        gettext_lazy("Ask the provider of the name servers for IPv6 on at least two of them."),
    ),
    "ns_reach": CheckWords(
        gettext_lazy("Name servers answer over IPv6"),
        gettext_lazy("Whether every IPv6 address of the name servers answers a question."),
        gettext_lazy("An address that does not answer makes every visitor over IPv6 wait, or turns him away."),
        gettext_lazy("Let the provider mend the address, or take it out of the name system until it works."),
    ),
    "dnssec_exists": CheckWords(
        gettext_lazy("DNSSEC: name is signed"),
        gettext_lazy("Whether the answers about this name are signed, so that a resolver can check them."),
        gettext_lazy("Without a signature someone on the way can send visitors and mail elsewhere unseen."),
        gettext_lazy("Let the registrar or the provider of the name servers turn DNSSEC on."),
    ),
    "dnssec_valid": CheckWords(
        gettext_lazy("DNSSEC: signatures hold"),
        gettext_lazy("Whether the signatures can be checked from the root down to this name."),
        gettext_lazy("With a broken signature most visitors get no answer at all: the name is gone for them."),
        gettext_lazy(
            "Compare the DS record at the registry with the key of the zone, and see whether signatures have expired."
        ),
    ),
    "dnssec_mx_exists": CheckWords(
        gettext_lazy("DNSSEC: mail host is signed"),
        gettext_lazy("Whether the answers about each mail host are signed."),
        gettext_lazy("Without it mail can be sent to another server unseen, and DANE cannot work."),
        gettext_lazy("Ask the mail provider for mail hosts in a signed zone."),
    ),
    "dnssec_mx_valid": CheckWords(
        gettext_lazy("DNSSEC: signatures of the mail host hold"),
        gettext_lazy("Whether the signatures about each mail host can be checked."),
        gettext_lazy("With a broken signature senders that check cannot deliver mail."),
        gettext_lazy("Let the mail provider mend the signatures of its zone."),
    ),
    "web_rpki_exists": CheckWords(gettext_lazy("RPKI of the web site: authorisation"), *_AUTHORISED),
    "web_rpki_valid": CheckWords(gettext_lazy("RPKI of the web site: route"), *_ROUTED),
    "ns_rpki_exists": CheckWords(gettext_lazy("RPKI of the name servers: authorisation"), *_AUTHORISED),
    "ns_rpki_valid": CheckWords(gettext_lazy("RPKI of the name servers: route"), *_ROUTED),
    "mail_rpki_exists": CheckWords(gettext_lazy("RPKI of the mail hosts: authorisation"), *_AUTHORISED),
    "mail_rpki_valid": CheckWords(gettext_lazy("RPKI of the mail hosts: route"), *_ROUTED),
    "mail_mx_ns_rpki_exists": CheckWords(
        gettext_lazy("RPKI of the name servers of the mail hosts: authorisation"), *_AUTHORISED
    ),
    "mail_mx_ns_rpki_valid": CheckWords(gettext_lazy("RPKI of the name servers of the mail hosts: route"), *_ROUTED),
    "mx_state": CheckWords(
        gettext_lazy("Where mail goes"),
        gettext_lazy("Which mail hosts receive mail for this name, or whether it says that it receives none."),
        gettext_lazy(
            "A name that says nothing still gets mail sent to its web server; a mail host that does not exist loses mail."
        ),
        gettext_lazy(
            "Name only mail hosts that work. Receives this name no mail? Say so with one MX record: 0 and a dot (null MX)."
        ),
    ),
    "spf": CheckWords(
        gettext_lazy("SPF: present"),
        gettext_lazy("Whether there is exactly one SPF record: the list of servers that may send mail in this name."),
        gettext_lazy("Without it, or with two, receivers cannot tell mail of the municipality from forged mail."),
        gettext_lazy("Publish one TXT record that starts with v=spf1; for a name that sends no mail: v=spf1 -all."),
    ),
    "spf_policy": CheckWords(
        gettext_lazy("SPF: policy"),
        gettext_lazy(
            "Whether the record is sound with all it includes, stays within ten lookups, and refuses all other senders."
        ),
        gettext_lazy("A record that does not work protects nobody: receivers pass it over."),
        gettext_lazy(
            "Mend what is named here, take out senders that are no longer used, and end the record in ~all or -all."
        ),
    ),
    "dkim": CheckWords(
        gettext_lazy("DKIM: keys"),
        gettext_lazy("Whether there can be keys with which mail of this name is signed."),
        gettext_lazy(
            "With a signature receivers see that mail is genuine and unchanged; forwarded mail stays recognisable."
        ),
        gettext_lazy("Let the mail provider turn on signing and publish the keys below _domainkey."),
    ),
    "dmarc": CheckWords(
        gettext_lazy("DMARC: present"),
        gettext_lazy("Whether there is one DMARC record for this name: what receivers must do with forged mail."),
        gettext_lazy("Without it receivers may deliver forged mail in the name of the municipality."),
        gettext_lazy("Publish one TXT record below _dmarc that starts with v=DMARC1."),
    ),
    "dmarc_policy": CheckWords(
        gettext_lazy("DMARC: policy"),
        gettext_lazy(
            "Whether the record is sound, asks to quarantine or reject forged mail, and may send its reports where it says."
        ),
        gettext_lazy("A policy that only watches stops no forged mail."),
        gettext_lazy(
            "Read the reports until all own senders are right, then set p=quarantine and after that p=reject."
        ),
    ),
    "starttls_exists": CheckWords(
        gettext_lazy("STARTTLS"),
        gettext_lazy("Whether every mail host offers encryption, and keeps to it when asked."),
        gettext_lazy("Without encryption mail to the municipality can be read and changed on the way."),
        gettext_lazy("Let the mail provider turn STARTTLS on, on every mail host and every address."),
    ),
    "subdomains": CheckWords(
        gettext_lazy("Names below this name"),
        gettext_lazy("Which names were found below this one, and where."),
        gettext_lazy("What nobody knows of, nobody looks after."),
        gettext_lazy("Go through the list: give every name an owner, and remove what is no longer used."),
    ),
    "dangling": CheckWords(
        gettext_lazy("Names that point to nothing"),
        gettext_lazy("Whether a name, mail host or name server points to something that no longer exists."),
        gettext_lazy("Whoever claims the target gets a web site or mail in the name of the municipality."),
        gettext_lazy("Remove the record, or bring the target back into own hands."),
    ),
    "open_ports": CheckWords(
        gettext_lazy("Open ports"),
        gettext_lazy("Which services answer to anyone in the world."),
        gettext_lazy("Each open service is a door; what need not be open is best shut."),
        gettext_lazy("Shut what the world does not need, or let in only known addresses."),
    ),
    "software_version": CheckWords(
        gettext_lazy("Software versions shown"),
        gettext_lazy("Which software names itself, and with which version."),
        gettext_lazy("A version tells an attacker which weaknesses to try."),
        gettext_lazy("Let the software hide its version, and keep it up to date all the same."),
    ),
    "software_advisory": CheckWords(
        gettext_lazy("Software with a known weakness, possibly"),
        gettext_lazy("Whether an advisory speaks of the version that the software shows."),
        gettext_lazy("If the version is right, the weakness is known to everyone."),
        gettext_lazy("Let the owner look: was it mended without a new number, or must it be updated?"),
    ),
}
