"""Today: what needs this person, and before when.

The front door. It decides nothing and keeps nothing: it gathers what other rooms know (questions asked, answers that
expire, answers that contradict each other, verdicts that turned, accounts) in the order in which it presses. It serves
every duty by not letting it slip (Cbw art. 21, BIO2 5.36).
"""
