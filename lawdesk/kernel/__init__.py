"""What every floor stands on: words, money, days, moments, ids, errors, events, settings, resources.

No Qt and no SQL in here; nothing in here knows what a case is.
"""
