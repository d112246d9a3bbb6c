"""Who may do what, and where: organisations, persons, their roles with a period, and what organisations share.

The organisation is the unit of isolation: everything that is recorded belongs to one, and whoever has no role in it
finds nothing there. What a role may do stands in ``core/access.py``; no law knows these roles, so the table there says
for each why it has what it has. Sharing serves Cbw art. 21 (supply chain) and the accounts to supervisors: named facts
or one account, for a period, with a TLP label, and revocable.
"""
