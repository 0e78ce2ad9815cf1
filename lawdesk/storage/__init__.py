"""Where everything is kept: the encrypted office file or server, its keys, changes, history and copies.

Services open transactions with :class:`Database`; nothing above this floor speaks to a driver or a file of the
office by itself. No Qt in here.
"""
