"""The outside: which names an organisation has, who may measure them and how far, what was seen, and what must be mended.

Serves BIO2 5.14.01 (open standards, with the measurement as evidence), the decree on secure connections with government
websites, and the duty of care. What is seen goes to the ledger as facts; what is wrong becomes an issue until a later
measurement says that it is mended. Judges nothing itself: `core/checks` does. Opens no connection without consent:
`core/consent` decides, where the socket opens.
"""
