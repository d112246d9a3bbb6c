"""How failure spreads over a network of dependencies, with its uncertainty. Told in docs/algorithms/cascade.md.

The only folder of the core that uses numpy, for arithmetic alone: docs/decisions/0013-numpy-in-the-cascade.md.
"""
