"""Suppliers: who supplies what on which terms, what proof there is, what leans on them, what was asked in a tender, and what
municipalities found out together. Serves BIO2 5.19 to 5.23, Cbw 21 paragraph 3 under d and Cbw 21a (exclusion by order).

What decides a verdict goes to the ledger as a fact: of a contract, of proof, of a joint review (told in `docs/suppliers.md`).
"""
