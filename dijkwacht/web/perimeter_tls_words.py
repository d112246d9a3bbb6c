"""Words for what is measured of TLS, certificates, CAA and DANE: what each check looks at, why, and how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from dijkwacht.web.perimeter_names_words import CheckWords

CHECKS: Mapping[str, CheckWords] = {
    "tls_version": CheckWords(
        gettext_lazy("TLS versions"),
        gettext_lazy("Which versions of TLS the server agrees to."),
        gettext_lazy("Old versions have weaknesses that let others read along."),
        gettext_lazy("Leave only TLS 1.3 and TLS 1.2 on."),
    ),
    "tls_ciphers": CheckWords(
        gettext_lazy("Cipher suites"),
        gettext_lazy("Which ways of encrypting the server accepts."),
        gettext_lazy("Weak ones can be broken, or give old traffic away once a key is stolen."),
        gettext_lazy(
            "Leave only suites on that the guideline calls good or sufficient; remove those that are named here."
        ),
    ),
    "tls_cipher_order": CheckWords(
        gettext_lazy("Order of cipher suites"),
        gettext_lazy("Whether the server chooses a better suite over a worse one when it accepts both."),
        gettext_lazy("Otherwise visitors with good software still get the weaker one."),
        gettext_lazy("Let the server decide, best suites first; or remove the weaker ones."),
    ),
    "fs_params": CheckWords(
        gettext_lazy("Parameters of the key exchange"),
        gettext_lazy("Which curves and groups the server uses to agree on a key."),
        gettext_lazy("A weak one lets others work out the key."),
        gettext_lazy("Use X25519, P-256 or P-384; turn DHE off, or use ffdhe groups of 3072 bits or more."),
    ),
    "kex_hash_func": CheckWords(
        gettext_lazy("Hash function of the key exchange"),
        gettext_lazy("With which hash functions the server signs the key exchange."),
        gettext_lazy("SHA-1 and MD5 can be forged."),
        gettext_lazy("Allow only signatures with SHA-256 or better."),
    ),
    "extended_master_secret": CheckWords(
        gettext_lazy("Extended master secret"),
        gettext_lazy("Whether keys in TLS 1.2 are tied to the whole handshake."),
        gettext_lazy("Without it two connections can be made to share a key."),
        gettext_lazy("Update the TLS software, or turn the extension on again; it is on unless someone turned it off."),
    ),
    "tls_compression": CheckWords(
        gettext_lazy("TLS compression"),
        gettext_lazy("Whether TLS itself compresses."),
        gettext_lazy("Compression gives secrets away (CRIME)."),
        gettext_lazy("Turn TLS compression off."),
    ),
    "renegotiation_secure": CheckWords(
        gettext_lazy("Secure renegotiation"),
        gettext_lazy("Whether the server protects renegotiation (RFC 5746)."),
        gettext_lazy("Without it someone can put words of his own before those of a visitor."),
        gettext_lazy("Update the TLS software: every version since 2010 can do this."),
    ),
    "renegotiation_client": CheckWords(
        gettext_lazy("Renegotiation by the visitor"),
        gettext_lazy("Whether a visitor may start a new handshake within a connection."),
        gettext_lazy("It costs the server much and the visitor little, so it helps to overload the server."),
        gettext_lazy("Turn renegotiation by clients off, or limit it to fewer than ten times."),
    ),
    "zero_rtt": CheckWords(
        gettext_lazy("Early data (0-RTT)"),
        gettext_lazy("Whether the server takes data before the handshake is done."),
        gettext_lazy("Such data can be caught and sent again."),
        gettext_lazy("Turn 0-RTT off."),
    ),
    "ocsp_stapling": CheckWords(
        gettext_lazy("OCSP stapling"),
        gettext_lazy("Whether the server sends along that its certificate has not been revoked."),
        gettext_lazy("Otherwise the visitor must ask the authority, which then learns who visits which site."),
        gettext_lazy("Turn OCSP stapling on, if the certificate still names an OCSP address."),
    ),
    "cert_trust": CheckWords(
        gettext_lazy("Trust in the certificate"),
        gettext_lazy("Whether the certificate comes from an authority that browsers trust, through a complete chain."),
        gettext_lazy("Otherwise visitors get a warning, and learn to click it away."),
        gettext_lazy(
            "Get a certificate of a public authority, and let the server send the intermediate certificate along."
        ),
    ),
    "cert_hostmatch": CheckWords(
        gettext_lazy("Name on the certificate"),
        gettext_lazy("Whether the certificate is for this name."),
        gettext_lazy("Otherwise a visitor cannot know whom he talks to."),
        gettext_lazy("Ask for a certificate that holds this name, or let the server send the right one for it."),
    ),
    "cert_pubkey": CheckWords(
        gettext_lazy("Key of the certificate"),
        gettext_lazy("Whether the key in the certificate is strong enough."),
        gettext_lazy("A weak key can be worked out, and then anyone can pose as the site."),
        gettext_lazy("Ask for a certificate with a new key: P-256, or RSA of 3072 bits or more."),
    ),
    "cert_signature": CheckWords(
        gettext_lazy("Signature of the certificate"),
        gettext_lazy("With which hash function the certificate is signed."),
        gettext_lazy("A signature with SHA-1 or MD5 can be forged."),
        gettext_lazy("Ask the authority for a certificate that is signed with SHA-256 or better."),
    ),
    "certificate_expiry": CheckWords(
        gettext_lazy("End of the certificate"),
        gettext_lazy("How long the certificate still lasts."),
        gettext_lazy("Once it has expired nobody gets in without a warning."),
        gettext_lazy("Renew the certificate, and let that happen by itself (ACME)."),
    ),
    "web_caa": CheckWords(
        gettext_lazy("CAA of the site"),
        gettext_lazy("Whether the name system says which authorities may give out certificates for this name."),
        gettext_lazy("Then an authority that is not named must refuse, whoever asks."),
        gettext_lazy("Publish a CAA record with issue and the authority that you use."),
    ),
    "mail_caa": CheckWords(
        gettext_lazy("CAA of the mail host"),
        gettext_lazy("Whether the name system says which authorities may give out certificates for the mail host."),
        gettext_lazy("Then an authority that is not named must refuse, whoever asks."),
        gettext_lazy("Ask the mail provider to publish a CAA record with issue."),
    ),
    "dane_exists": CheckWords(
        gettext_lazy("DANE"),
        gettext_lazy("Whether the name system says, signed, which certificate to expect."),
        gettext_lazy("Mail servers that look at it cannot be led to send mail in the clear or to another server."),
        gettext_lazy("Publish TLSA records in a signed zone (for mail: usage 3, selector 1, SHA-256)."),
    ),
    "dane_valid": CheckWords(
        gettext_lazy("DANE fits the certificate"),
        gettext_lazy("Whether the TLSA records fit the certificate that the server sends."),
        gettext_lazy("If they do not, senders that look at DANE refuse to deliver."),
        gettext_lazy(
            "Publish the TLSA record of the new certificate before it is put to use, or keep the key when renewing."
        ),
    ),
    "dane_rollover": CheckWords(
        gettext_lazy("DANE is ready for the next certificate"),
        gettext_lazy("Whether a second TLSA record already stands ready."),
        gettext_lazy("Then nothing breaks on the day the certificate is replaced."),
        gettext_lazy(
            "Publish two records: of the certificate in use and of the next, or of the one in use and of its authority."
        ),
    ),
}
