"""Personal data (个人信息): what is kept about a person, what they may ask, what is erased when.

Every column has a *class*. A *request* (请求) is what somebody asks about data on them, with a day by which it is
answered. *Erasing* (删除) takes a person out of every row and index; where a file must still be kept the data are
*blocked* (仅存储): in no list, found by conflict checks alone; a *hold* (保全) forbids both. A *disposal list*
(销毁清册) names closed files whose retention is over; two people sign before it is carried out. A *breach*
(泄露事件) is recorded with everybody it concerns and the notices the law wants.
"""

from lawdesk.privacy.queries import PrivacyQueries
from lawdesk.privacy.rules import DataClass, class_of
from lawdesk.privacy.service import Desk, Found, Plan, PrivacyService

__all__ = ["DataClass", "Desk", "Found", "Plan", "PrivacyQueries", "PrivacyService", "class_of"]
