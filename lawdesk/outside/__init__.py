"""Files from outside, read in a process of its own.

What somebody else made (a ledger, a list, a note of a matter, a PDF, a scan) may be damaged or made to do harm. It
is never opened in the process that holds the office: a **reader** opens it, a small process without Qt, without
the office, its key or its passphrase, with limits of time and memory (:mod:`lawdesk.outside.limits`), and answers
with plain data (:mod:`lawdesk.outside.plain`). What goes wrong in there ends the reader, never LawDesk.

``read(target, …)`` is the one front door; ``Reader`` keeps one process for several files of the same source.
"""

from lawdesk.outside.door import Reader, let_go, make_ready, read, stream
from lawdesk.outside.limits import Limits

__all__ = ["Limits", "Reader", "let_go", "make_ready", "read", "stream"]
