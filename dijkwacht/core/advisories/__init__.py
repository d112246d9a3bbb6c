"""Security advisories against the registers of organisations: who is affected, who is not, and of whom we cannot tell.

`shapes` (what an advisory and a registered asset are), `naming` (is this the same product), `versions` and `ranges` (does this
version lie in it), `matching` (three outcomes with a reason; the index that makes it fast).
"""
