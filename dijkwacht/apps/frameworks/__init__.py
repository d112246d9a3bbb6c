"""Frameworks: catalogs of others beside our own norms, how they relate, and what a new version of a norm changes.

Serves art. 5.36 of BIO2 (compliance with policies, rules and norms) for whatever else an organisation answers for. What it
brings in is private to it: a catalog, a mapping, and its own copy of protected texts. A line of such a catalog has no
criterion; its verdict comes over mappings from our norms, and is never more than the mapping says.
"""
