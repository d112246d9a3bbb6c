"""What decides: pure functions from values to values. No database, no clock, no network, no Django.

The words are those of the vocabulary: a *fact* answers a *fact type* about a *subject*; a *criterion* says when a
*requirement* is met; a *verdict* has a status and reasons; an *account* is a set of requirements with an addressee.
"""
