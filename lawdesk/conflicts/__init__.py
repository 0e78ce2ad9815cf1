"""Conflicts of interest: may the firm say yes?

A *check* asks names, each in a *role* (client, adverse, third). It finds *hits*: parties on file that may be the
asked one, with a *level* (certain, likely, possible), *reasons* and a *path*. Each hit's *standings* say as what the
party is known; the *severity* (absolute, waivable, review, note) says what the rules make of it. A *clearance* is
the record of the decision, without which no case opens. What was not searched is always said.
"""
