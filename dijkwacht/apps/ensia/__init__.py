"""The ENSIA year, and answering for and beside other organisations.

Serves the yearly round in which one collection of answers accounts to council and supervisors (BIO2 5.36.01): who does
which line, before when, what became of last year's answers. Also what a joint arrangement answers for its members, what
a regional coach sees of his municipalities, a benchmark by consent, and a check on what is odd. Judges nothing itself.
"""
