"""Advisories: which warning touches which organisation, and what did it do about it?

A desk (a CSIRT for those it serves, or an organisation for itself) takes in what publishers send, keeps all of it, matches it
with the product registers and decides who is warned. Each organisation handles its warnings: assessed in writing, mended in
time. Law and norms: Cbw 16 (a CSIRT warns), Cbw 21 (duty of care; targeted warnings are assessed in writing), BIO2 5.7 and 8.8.
"""
