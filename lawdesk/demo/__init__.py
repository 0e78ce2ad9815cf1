"""A fictional firm, built through the public services with real rules; the same each time.

People, companies, courts' cases and numbers are invented; any likeness is chance. The firm lives in November 2025,
so that its dates rest on published holidays.
"""

from lawdesk.demo.build import DEMO_LOGIN, DEMO_PASSPHRASE, Demo, build_demo

__all__ = ["DEMO_LOGIN", "DEMO_PASSPHRASE", "Demo", "build_demo"]
