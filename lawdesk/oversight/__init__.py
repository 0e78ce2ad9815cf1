"""Oversight (监督): what needs somebody today, across the features.

*Today* (今天) is one list of what is overdue, due today, due before the next announced holiday, and due in the two
weeks after it, because "before the holiday" is how lawyers plan here; where no holiday is near, two whole weeks.
"""

from lawdesk.oversight.rules import Part, Plan, plan_of

__all__ = ["Part", "Plan", "plan_of"]
