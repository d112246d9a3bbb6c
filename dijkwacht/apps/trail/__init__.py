"""The trail: one entry per act, append-only, chained by hash per organisation.

Serves BIO2 8.15 (what happened can be reconstructed, and the record cannot be altered unnoticed) and every account:
an addressee must be able to trust that what was stated earlier still stands there. Form and proof of the chain:
``core/chain.py`` and docs/algorithms/trail.md.
"""
