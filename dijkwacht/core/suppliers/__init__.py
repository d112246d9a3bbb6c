"""Suppliers: how much hangs on one, what its proof covers, what stops when it stops, who is the same, what to ask in a tender.

Pure. Which kinds of proof there are and what a tier asks comes from ``norms/suppliers``; rows and days from the room.
"""
