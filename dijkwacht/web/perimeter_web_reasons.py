"""Reasons about web sites, TLS and certificates as sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from dijkwacht.web.perimeter_values import REACHES

REASONS: Mapping[str, Any] = {
    "no_tls": gettext_lazy("There was no secured connection to look at on %(address)s: %(reach)s. %(reason)s"),
    "no_mail_tls": gettext_lazy("There was no secured connection to look at on %(host)s."),
    "tls_insufficient": gettext_lazy("%(items)s: insufficient by %(edition)s."),
    "tls_phase_out": gettext_lazy("%(items)s: to be phased out by %(edition)s."),
    "old_versions_unasked": gettext_lazy("Whether older versions are accepted was not measured."),
    "versions": gettext_lazy("Accepted: %(items)s."),
    "weak_suites_unasked": gettext_lazy("Whether weaker suites are accepted was not measured."),
    "suite_order": gettext_lazy("The server chose %(chosen)s, although it also accepts %(better)s."),
    "no_forward_secrecy": gettext_lazy(
        "The server agrees on keys without a curve or group, so there is none to weigh."
    ),
    "weak_groups_unasked": gettext_lazy("Whether weak curves are accepted was not measured."),
    "no_signed_exchange": gettext_lazy("No key exchange was signed with a hash function that the server could choose."),
    "weak_hash_unasked": gettext_lazy("Whether weak hash functions are accepted was not measured."),
    "no_tls12": gettext_lazy("The server does not speak TLS 1.2, and TLS 1.3 needs no such extension."),
    "client_may_renegotiate": gettext_lazy(
        "A visitor may start a new handshake. Whether the server limits that was not tried."
    ),
    "renegotiation_unasked": gettext_lazy("Whether a visitor may start a new handshake was not measured."),
    "early_data_unasked": gettext_lazy("Whether the server takes early data was not measured."),
    "no_certificate_seen": gettext_lazy("No certificate was seen."),
    "trust_unmeasured": gettext_lazy("The chain of the certificate was not judged."),
    "not_trusted": gettext_lazy("The certificate is not trusted: %(errors)s."),
    "trusted_but_time": gettext_lazy(
        "The authority is trusted. That the certificate does not count now (%(errors)s) stands at “End of the certificate”."
    ),
    "other_name": gettext_lazy("The certificate is not for %(host)s, but for: %(names)s."),
    "key": gettext_lazy("Key: %(key)s %(bits)s %(curve)s"),
    "not_yet_valid": gettext_lazy("The certificate is only valid from %(since)s."),
    "expired": ngettext_lazy(
        "The certificate expired on %(until)s, %(days)s day ago.",
        "The certificate expired on %(until)s, %(days)s days ago.",
        "days",
    ),
    "ends_soon": ngettext_lazy(
        "The certificate ends on %(until)s: %(days)s day left.",
        "The certificate ends on %(until)s: %(days)s days left.",
        "days",
    ),
    "days_left": ngettext_lazy(
        "The certificate is valid until %(until)s: %(days)s day left.",
        "The certificate is valid until %(until)s: %(days)s days left.",
        "days",
    ),
    "staple_unmeasured": gettext_lazy("What is sent along with the certificate was not seen."),
    "no_ocsp": gettext_lazy("The certificate names no OCSP address, so there is nothing to send along."),
    "no_staple": gettext_lazy("The certificate names an OCSP address, but no OCSP answer is sent along."),
    "revoked": gettext_lazy("The authority says that this certificate was revoked."),
    "bad_staple": gettext_lazy("The OCSP answer that is sent along is of no use: %(how)s."),
    "caa_none": gettext_lazy("There is no CAA record for %(name)s, nor for any name above it."),
    "caa_at": gettext_lazy("CAA records of %(name)s: %(records)s."),
    "caa_flags": gettext_lazy("This CAA record has flags that mean nothing: %(record)s"),
    "caa_tag": gettext_lazy("This CAA record has a tag with characters that may not be in it: %(record)s"),
    "caa_unknown_tag": gettext_lazy("This CAA record has a tag that nobody knows: %(record)s"),
    "caa_contact": gettext_lazy("This CAA record names a contact that cannot be used: %(record)s"),
    "caa_issuer": gettext_lazy("This CAA record does not name an authority by its name: %(record)s"),
    "caa_parameter": gettext_lazy("This CAA record has a parameter that is not name=value: %(record)s"),
    "caa_account": gettext_lazy("This CAA record has an accounturi that is no address: %(record)s"),
    "caa_method": gettext_lazy("This CAA record names a method of validation that nobody knows: %(record)s"),
    "caa_no_issue": gettext_lazy("No CAA record says which authorities may give out a certificate (issue)."),
    "dane_unsigned_mx": gettext_lazy(
        "%(host)s has DANE, but the MX record that leads to it is not signed, so it protects nobody."
    ),
    "dane_found": gettext_lazy("TLSA records that count: %(records)s."),
    "dane_no_rollover": gettext_lazy("No second record stands ready for the next certificate."),
    "dane_unusable": gettext_lazy("TLSA records that nobody can use: %(count)s."),
    "dane_insecure": gettext_lazy(
        "There are TLSA records at %(name)s, but not signed with DNSSEC, so they do not count."
    ),
    "dane_none": gettext_lazy("There is no TLSA record at %(name)s."),
    "dane_mismatch": gettext_lazy("No TLSA record fits the certificate that %(host)s sends."),
    "no_address": gettext_lazy("The name has no address for a web site."),
    "https_not_tried": gettext_lazy("HTTPS was not tried on %(address)s: %(reach)s. %(reason)s"),
    "https_closed": gettext_lazy("There is no HTTPS on %(address)s: %(reach)s."),
    "https_no_tls": gettext_lazy("Port 443 of %(address)s answers, but not with TLS that anyone can use."),
    "https_silent": gettext_lazy("%(address)s takes the connection on port 443 and then stays silent."),
    "http_not_tried": gettext_lazy("Plain HTTP was not tried: %(reach)s."),
    "http_closed": gettext_lazy("There is nothing on port 80, so nobody stays on an open line."),
    "http_silent": gettext_lazy("Port 80 gave no answer that could be read. %(reason)s"),
    "http_no_redirect": gettext_lazy("Plain HTTP is answered with status %(status)s, without a redirect to HTTPS."),
    "http_redirects": gettext_lazy("Plain HTTP leads to %(to)s."),
    "http_other_name": gettext_lazy("Plain HTTP leads to another name first: %(to)s."),
    "http_stays_plain": gettext_lazy("Plain HTTP leads to an address without HTTPS: %(to)s."),
    "page_unseen": gettext_lazy("The front page was not seen. %(reason)s"),
    "compressed": gettext_lazy("The page is sent compressed: %(how)s."),
    "hsts_none": gettext_lazy("The header Strict-Transport-Security is not there."),
    "hsts_unreadable": gettext_lazy("Browsers cannot read the header Strict-Transport-Security: %(value)s"),
    "hsts_short": gettext_lazy("HSTS holds for %(seconds)s seconds; at least %(least)s are asked."),
    "hsts_twice": gettext_lazy("The header stands there %(count)s times; browsers read the first only."),
    "frame_none": gettext_lazy("The header X-Frame-Options is not there."),
    "frame_unknown": gettext_lazy("X-Frame-Options says something that browsers do not obey: %(value)s."),
    "frame_by_csp": gettext_lazy(
        "The Content-Security-Policy arranges this with frame-ancestors, and that is what browsers of today obey."
    ),
    "sniff_none": gettext_lazy("The header X-Content-Type-Options is not there."),
    "sniff_unknown": gettext_lazy("X-Content-Type-Options is not nosniff, but: %(value)s."),
    "referrer_none": gettext_lazy(
        "The header Referrer-Policy is not there; browsers then pass on the name of the site, not the page."
    ),
    "referrer_unknown": gettext_lazy("No browser knows this Referrer-Policy: %(value)s."),
    "referrer_fair": gettext_lazy("%(value)s: other sites learn the name of the site, not the page."),
    "referrer_wide": gettext_lazy("%(value)s: other sites learn too much of where a visitor comes from."),
    "csp_none": gettext_lazy("The header Content-Security-Policy is not there."),
    "csp_trial": gettext_lazy("There is a policy on trial only (Report-Only); it stops nothing."),
    "csp_missing": gettext_lazy("%(directive)s is missing."),
    "csp_wide": gettext_lazy(
        "%(directive)s must be 'none', or 'self' with at most hosts of the same name; it is: %(source)s"
    ),
    "csp_data": gettext_lazy("%(directive)s allows data:, so that code can be slipped in."),
    "csp_unsafe_inline": gettext_lazy("%(directive)s allows code in the page itself ('unsafe-inline')."),
    "csp_inline_mended": gettext_lazy(
        "%(directive)s says 'unsafe-inline', but the nonce or hash beside it makes browsers put that aside."
    ),
    "csp_unsafe": gettext_lazy("%(directive)s allows %(source)s."),
    "csp_scheme": gettext_lazy("%(directive)s allows a whole scheme or an open line: %(source)s"),
    "csp_anyone": gettext_lazy("%(directive)s allows every host: %(source)s"),
    "csp_loopback": gettext_lazy("%(directive)s names the computer of the visitor: %(source)s"),
    "csp_no_scheme": gettext_lazy("%(directive)s names a host without https://: %(source)s"),
    "csp_twice": gettext_lazy("%(directive)s stands there twice; browsers read the first only."),
    "csp_gone": gettext_lazy("Browsers no longer do anything with %(directive)s."),
    "csp_unknown": gettext_lazy("Browsers do not know %(directive)s."),
    "csp_none_mixed": gettext_lazy("%(directive)s has 'none' beside something else; browsers then pass 'none' over."),
    "csp_source": gettext_lazy("Browsers cannot read this in %(directive)s: %(source)s"),
    "cookies_none": gettext_lazy("The site sets no cookies before anyone agreed."),
    "cookie_not_secure": gettext_lazy("Without Secure, so also sent over an open line: %(names)s."),
    "cookie_none_insecure": gettext_lazy("SameSite=None without Secure, which browsers refuse: %(names)s."),
    "cookie_prefix": gettext_lazy(
        "The name promises more than the cookie keeps (__Secure- or __Host-), so browsers refuse it: %(names)s."
    ),
    "cookie_tracking": gettext_lazy(
        "Named like cookies that follow visitors, and set before anyone agreed: %(names)s."
    ),
    "cookie_bad_same_site": gettext_lazy("SameSite says something that browsers do not know: %(names)s."),
    "cookie_scripts": gettext_lazy("Without HttpOnly, so scripts in the page can read them: %(names)s."),
    "cookie_no_same_site": gettext_lazy(
        "Without SameSite; the browser then decides whether other sites may send them along: %(names)s."
    ),
    "third_parties": gettext_lazy("The front page loads from hosts of others (%(count)s): %(hosts)s."),
    "mixed_content": gettext_lazy("The front page loads parts over an open line (%(count)s): %(addresses)s."),
    "securitytxt_none": gettext_lazy("There is no security.txt (status %(status)s)."),
    "securitytxt_unseen": gettext_lazy("security.txt was not measured: %(reason)s."),
    "securitytxt_errors": gettext_lazy("The security.txt at %(url)s has errors: %(errors)s."),
    "securitytxt_recommendations": gettext_lazy(
        "The security.txt at %(url)s is in order; it could be better: %(recommendations)s."
    ),
    "securitytxt_ends_soon": gettext_lazy("The security.txt soon expires; days left: %(days)s."),
    "no_ipv6": gettext_lazy("The web site has no IPv6 address."),
    "ipv6_not_tried": gettext_lazy("%(address)s was not tried: %(https)s."),
    "ipv6_dead": gettext_lazy("%(address)s answers neither on port 443 (%(https)s) nor on port 80 (%(http)s)."),
    "no_two_families": gettext_lazy("There are no two families of addresses that both answer."),
    "other_ports": gettext_lazy("Open over IPv4: %(ipv4)s; over IPv6: %(ipv6)s."),
    "other_status": gettext_lazy("Status over IPv4: %(ipv4)s; over IPv6: %(ipv6)s."),
    "likeness_unmeasured": gettext_lazy("The pages over IPv4 and IPv6 were not compared."),
    "other_content": gettext_lazy("The pages over IPv4 and IPv6 are alike for %(percent)s%% only."),
    "mail_no_ipv6": gettext_lazy("No mail host has an IPv6 address."),
    "mail_host_no_ipv6": gettext_lazy("The mail host %(host)s has no IPv6 address."),
    "mail_ipv6_dead": gettext_lazy("%(host)s does not answer on %(address)s: %(reach)s."),
    "mail_ipv6_not_tried": gettext_lazy("%(host)s was not tried on %(address)s: %(reach)s."),
}
VALUES: Mapping[str, Any] = {
    "tls1.3": pgettext_lazy("measured", "TLS 1.3"),
    "tls1.2": pgettext_lazy("measured", "TLS 1.2"),
    "tls1.1": pgettext_lazy("measured", "TLS 1.1"),
    "tls1.0": pgettext_lazy("measured", "TLS 1.0"),
    "ssl3.0": pgettext_lazy("measured", "SSL 3.0"),
    "ssl2.0": pgettext_lazy("measured", "SSL 2.0"),
    "no": pgettext_lazy("measured", "no SHA-2"),
    "tls_compression": pgettext_lazy("measured", "TLS compression"),
    "insecure_renegotiation": pgettext_lazy("measured", "renegotiation without protection"),
    "early_data": pgettext_lazy("measured", "early data (0-RTT)"),
    "no_extended_master_secret": pgettext_lazy("measured", "no extended master secret"),
    "client_renegotiation": pgettext_lazy("measured", "renegotiation by the visitor"),
    "no_ocsp_stapling": pgettext_lazy("measured", "no OCSP stapling"),
    "rsa:0": pgettext_lazy("measured", "RSA of fewer than 2048 bits"),
    "rsa:2048": pgettext_lazy("measured", "RSA of 2048 to 3071 bits"),
    "rsa": pgettext_lazy("measured", "RSA"),
    "ec": pgettext_lazy("measured", "elliptic curve"),
    "dsa": pgettext_lazy("measured", "DSA"),
    "unknown": pgettext_lazy("measured", "unknown"),
    "expired": pgettext_lazy("measured", "expired"),
    "not_yet_valid": pgettext_lazy("measured", "not valid yet"),
    "self_signed": pgettext_lazy("measured", "signed by itself"),
    "unknown_issuer": pgettext_lazy("measured", "unknown authority, or the certificate in between was not sent"),
    "bad_signature": pgettext_lazy("measured", "signature does not hold"),
    "weak_signature": pgettext_lazy("measured", "signature with a weak hash function"),
    "weak_key": pgettext_lazy("measured", "weak key"),
    "chain_too_long": pgettext_lazy("measured", "chain too long"),
    "invalid_ca": pgettext_lazy("measured", "one link may not give out certificates"),
    "path_length": pgettext_lazy("measured", "chain longer than the authority allows"),
    "wrong_purpose": pgettext_lazy("measured", "not meant for servers"),
    "critical_extension": pgettext_lazy("measured", "an extension that nobody knows"),
    "name_constraints": pgettext_lazy("measured", "the authority may not do so for this name"),
    "no_certificate": pgettext_lazy("measured", "no certificate"),
    "unreadable": pgettext_lazy("measured", "cannot be read"),
    "bad": pgettext_lazy("measured", "signature or certificate does not fit"),
    "stale": pgettext_lazy("measured", "out of date"),
    **REACHES,
}
"""Codes of ours that stand inside a sentence."""
