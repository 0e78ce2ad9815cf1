"""The windows of cases: list and detail, the new case, enquiries, the card of a party, what Ctrl+K finds.

Only ``lawdesk.app`` imports this; it hands in services, other features' tabs and the live conflict check.
"""

from lawdesk.cases.page.cases_page import CasesPage
from lawdesk.cases.page.enquiries import EnquirySheet
from lawdesk.cases.page.handed_in import (
    CaseActions,
    CaseBlock,
    CaseMark,
    CaseTab,
    Clear,
    ConflictPanel,
    Desk,
    Marks,
)
from lawdesk.cases.page.import_ledger import LedgerNeeds
from lawdesk.cases.page.new_case import NewCasePage
from lawdesk.cases.page.palette import case_entries, party_entries
from lawdesk.cases.page.party_card import PartyCard, open_party
from lawdesk.cases.rules import AskedName

__all__ = [
    "AskedName",
    "CaseActions",
    "CaseBlock",
    "CaseMark",
    "CaseTab",
    "CasesPage",
    "Clear",
    "ConflictPanel",
    "Desk",
    "EnquirySheet",
    "LedgerNeeds",
    "Marks",
    "NewCasePage",
    "PartyCard",
    "case_entries",
    "open_party",
    "party_entries",
]
