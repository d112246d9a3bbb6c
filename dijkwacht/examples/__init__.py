"""Filled examples in the shape that municipalities use.

The municipality of Dijkstad, its people and its papers are invented.
"""
