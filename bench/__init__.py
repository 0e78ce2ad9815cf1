"""What LawDesk costs, as ratios against something measured in the same run on the same machine.

``python dev.py bench`` runs all of it, ``python dev.py bench start storage`` some of it. Times of one machine say
little about another; a ratio to a baseline says more, so every module here measures its own baseline, takes turns
between the two, and reports medians. Nothing here is a test: no time is ever asserted.
"""
