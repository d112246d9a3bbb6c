"""Words for what is measured of IPv6, HTTPS and the front page: what each check looks at, why, and how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from dijkwacht.web.perimeter_names_words import CheckWords

CHECKS: Mapping[str, CheckWords] = {
    "web_aaaa": CheckWords(
        gettext_lazy("IPv6 address of the web site"),
        gettext_lazy("Whether the web site has an IPv6 address."),
        gettext_lazy(
            "Whoever has IPv6 only cannot reach the site otherwise; it is a standard that the government must follow."
        ),
        gettext_lazy("Ask the hosting party for an IPv6 address and put it in the name system (AAAA)."),
    ),
    "web_reach": CheckWords(
        gettext_lazy("Web site answers over IPv6"),
        gettext_lazy("Whether the site answers on every IPv6 address it names."),
        gettext_lazy("A visitor over IPv6 who gets no answer waits, or gives up."),
        gettext_lazy("Let the hosting party mend the address, or take it out of the name system until it works."),
    ),
    "web_ipv46": CheckWords(
        gettext_lazy("Same site over IPv4 and IPv6"),
        gettext_lazy("Whether the same ports, the same answer and the same page come over IPv4 and IPv6."),
        gettext_lazy("Otherwise one part of the visitors sees another site than the rest, or none."),
        gettext_lazy("Give both addresses the same settings on the web server; look for a forgotten default page."),
    ),
    "mx_aaaa": CheckWords(
        gettext_lazy("IPv6 addresses of mail hosts"),
        gettext_lazy("Whether every mail host has an IPv6 address."),
        gettext_lazy("A sender with IPv6 only cannot deliver mail otherwise."),
        gettext_lazy("Ask the mail provider for IPv6 on every mail host."),
    ),
    "mx_reach": CheckWords(
        gettext_lazy("Mail hosts answer over IPv6"),
        gettext_lazy("Whether every IPv6 address of the mail hosts takes a connection on port 25."),
        gettext_lazy("An address that does not answer makes mail late."),
        gettext_lazy("Let the mail provider mend the address, or take it out of the name system until it works."),
    ),
    "https_exists": CheckWords(
        gettext_lazy("HTTPS"),
        gettext_lazy("Whether the site offers a secured connection on every address."),
        gettext_lazy(
            "Without it what visitors read and fill in can be read and changed on the way; the law requires it "
            "of every public site."
        ),
        gettext_lazy("Let the hosting party turn HTTPS on, on every address that the name has."),
    ),
    "https_forced": CheckWords(
        gettext_lazy("Redirect to HTTPS"),
        gettext_lazy("Whether plain HTTP leads at once to HTTPS on the same name."),
        gettext_lazy(
            "A visitor who types the name would otherwise stay on an open line; the law asks for the redirect on "
            "the visited name first."
        ),
        gettext_lazy(
            "Let port 80 answer only with a redirect (301) to https:// on the same name; redirect to another "
            "name after that."
        ),
    ),
    "https_hsts": CheckWords(
        gettext_lazy("HSTS"),
        gettext_lazy("Whether the site tells browsers to use HTTPS only, for at least a year."),
        gettext_lazy("With it a browser never tries the open line again, so nobody can step in between."),
        gettext_lazy(
            "Send the header Strict-Transport-Security with max-age=31536000 or more on every answer over HTTPS."
        ),
    ),
    "http_compression": CheckWords(
        gettext_lazy("HTTP compression"),
        gettext_lazy("Whether the page is sent compressed."),
        gettext_lazy(
            "Compression of pages with secrets in them can give those away (BREACH). It is allowed, and good to know."
        ),
        gettext_lazy(
            "Turn compression off for pages with personal data, or make sure that secrets in them differ each time."
        ),
    ),
    "http_csp": CheckWords(
        gettext_lazy("Content-Security-Policy"),
        gettext_lazy("Whether the site tells the browser from where it may load and run what."),
        gettext_lazy("It keeps code of others from running in the page, even after a mistake in the site."),
        gettext_lazy(
            "Start with default-src 'self', base-uri 'self', form-action 'self' and frame-ancestors 'self', and "
            "add what the site needs by name with https://."
        ),
    ),
    "http_x_frame": CheckWords(
        gettext_lazy("X-Frame-Options"),
        gettext_lazy("Whether the site forbids others to show it inside their own page."),
        gettext_lazy("Otherwise a visitor can be made to click on something he does not see."),
        gettext_lazy(
            "Send frame-ancestors in the Content-Security-Policy, and for old browsers X-Frame-Options: SAMEORIGIN."
        ),
    ),
    "http_x_content_type": CheckWords(
        gettext_lazy("X-Content-Type-Options"),
        gettext_lazy("Whether the browser is told not to guess what kind of file it gets."),
        gettext_lazy("A guess can turn an uploaded picture into a script."),
        gettext_lazy("Send the header X-Content-Type-Options: nosniff."),
    ),
    "http_referrer_policy": CheckWords(
        gettext_lazy("Referrer-Policy"),
        gettext_lazy("Whether the site keeps to itself which page a visitor comes from."),
        gettext_lazy("The address of a page can tell what someone looks for at the municipality."),
        gettext_lazy("Send the header Referrer-Policy: same-origin, or no-referrer."),
    ),
    "http_securitytxt": CheckWords(
        gettext_lazy("security.txt"),
        gettext_lazy("Whether the site says where a weakness can be reported."),
        gettext_lazy("Whoever finds something can then tell the right people, before someone else finds it."),
        gettext_lazy(
            "Put a file at /.well-known/security.txt with Contact and Expires; the municipality must follow this "
            "standard."
        ),
    ),
    "cookies": CheckWords(
        gettext_lazy("Cookies"),
        gettext_lazy(
            "Whether cookies that the site sets before anyone agreed are kept safe, and none of them follows visitors."
        ),
        gettext_lazy("A cookie that can be read by others gives away the session of a visitor."),
        gettext_lazy("Set Secure, HttpOnly and SameSite on every cookie; set no tracking cookie before consent."),
    ),
    "third_parties": CheckWords(
        gettext_lazy("Hosts of others"),
        gettext_lazy("From which hosts of others the front page loads."),
        gettext_lazy("They learn who visits the municipality, and what they send runs in its page."),
        gettext_lazy("Load only what is needed, from your own host where possible; use https:// for all of it."),
    ),
}
