"""Questions answered apart from the engines, from the articles and the notices of the State Council, as a batch.

Each line: rule, trigger, custody, domicile, last day. The answers were counted by a calculator of a few lines over
the published holidays, the versions and the refusals chosen by hand.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lawdesk.deadlines import compute
from lawdesk.kernel.errors import UserError

QUESTIONS = [
    line
    for line in """
civil-retrial-apply 2023-08-30 - - 2024-02-29
civil-retrial-apply 2023-08-29 - - 2024-02-29
enf-apply 2022-02-28 - - 2024-02-28
civil-prosecutor-apply 2024-02-29 - - 2026-02-28
arb-set-aside 2025-08-31 - - 2026-02-28
arb-set-aside 2026-03-31 - - 2026-06-30
limitation-3y 2021-02-28 - - 2024-02-28
limitation-3y 2022-10-01 - - 2025-10-09
limitation-general 2014-09-30 - - 2016-09-30
limitation-general 2015-09-29 - - 2017-09-29
limitation-general 2015-10-09 - - 2018-10-09
limitation-general 2016-05-20 - - 2019-05-20
guarantee-6m 2025-08-31 - - 2026-02-28
labour-arb-limitation 2025-02-28 - - 2026-02-28
bill-recourse 2025-08-31 - - 2026-02-28
rescission-90d 2025-07-04 - - 2025-10-09
rescission-mistake 2020-12-15 - - 2021-03-15
bequest-accept 2020-11-30 - - 2021-02-01
bequest-accept 2021-01-01 - - 2021-03-02
civil-appeal-judgment 2025-01-11 - - 2025-01-26
civil-appeal-judgment 2025-04-12 - - 2025-04-27
civil-appeal-judgment 2025-09-13 - - 2025-09-28
civil-appeal-judgment 2025-09-26 - - 2025-10-11
civil-appeal-judgment 2026-05-01 - - 2026-05-18
civil-appeal-judgment 2026-04-24 - - 2026-05-09
civil-appeal-judgment 2026-09-05 - - 2026-09-20
civil-appeal-judgment 2026-09-25 - - 2026-10-10
civil-appeal-judgment 2023-01-13 - - 2023-01-28
civil-appeal-judgment 2023-04-08 - - 2023-04-23
civil-appeal-judgment 2022-01-14 - - 2022-01-29
civil-appeal-judgment 2021-09-11 - - 2021-09-26
civil-appeal-ruling 2024-04-25 - - 2024-05-06
civil-answer 2026-02-01 - - 2026-02-24
civil-fee-prepay 2026-09-24 - - 2026-10-08
pres-reconsideration 2025-09-30 - - 2025-10-09
penalty-hearing 2026-02-12 - - 2026-02-26
recon-supplement 2026-04-28 - - 2026-05-14
recon-answer 2023-12-20 - - 2024-01-02
recon-answer 2024-01-02 - - 2024-01-16
recon-accept 2023-09-27 - - 2023-10-10
labour-arb-accept 2025-09-28 - - 2025-10-11
labour-arb-answer 2026-02-09 - - 2026-02-28
compulsion-demand 2025-04-30 - - 2025-05-19
penalty-serve 2026-09-24 - - 2026-10-12
crim-prosecution-review 2025-08-31 custody - 2025-09-30
crim-prosecution-review 2025-08-31 free - 2025-09-30
crim-prosecution-review 2025-09-01 custody - 2025-10-01
crim-prosecution-review 2025-09-01 free - 2025-10-09
crim-investigation-custody 2025-08-02 custody - 2025-10-02
crim-investigation-custody 2024-12-31 custody - 2025-02-28
crim-investigation-custody 2024-02-29 custody - 2024-04-30
crim-detention-max-37 2025-09-01 custody - 2025-10-08
crim-detention-arrest-request-30 2025-09-01 custody - 2025-10-01
crim-arrest-review 2026-09-28 custody - 2026-10-05
crim-limit-first 2025-08-01 custody - 2025-10-01
crim-limit-first 2025-08-01 free - 2025-10-09
crim-limit-second 2025-12-31 custody - 2026-02-28
crim-appeal-judgment 2025-09-24 custody - 2025-10-09
crim-appeal-judgment 2025-09-24 free - 2025-10-09
crim-bail-term 2025-10-05 - - 2026-10-05
superv-detention 2025-11-30 custody - 2026-02-28
crim-supplement 2025-01-31 custody - 2025-02-28
public-notice-30 2021-12-31 - - 2022-03-01
public-notice-30 2022-01-01 - - 2022-01-31
public-notice-30 2024-01-31 - - 2024-03-01
public-notice-foreign-60 2023-12-31 - abroad 2024-03-31
public-notice-foreign-60 2024-01-01 - abroad 2024-03-01
public-notice-30 2025-08-03 - abroad 2025-10-02
civil-appeal-judgment 2025-09-03 - abroad 2025-10-09
civil-appeal-ruling 2025-09-03 - abroad 2025-10-09
civil-answer 2025-12-03 - abroad 2026-01-04
pres-renew-apply 2026-02-28 - - 2026-02-21
pres-ruling-urgent 2025-09-30T16:30 - - 2025-10-09
crim-limit-expedited 2018-10-25 - - refused
superv-guanhu 2025-05-31 - - refused
admin-sue-direct 2015-04-30 - - 2015-07-30
tm-opposition 2026-10-31 - - 2027-02-01
civil-appeal-judgment 2025-02-30 - - refused
no-such-rule 2025-02-03 - - refused
limitation-environment 2023-08-20 - - 2028-08-21
limitation-environment 2023-08-10 - - 2026-08-10
civil-limit-simple 2021-12-20 - - 2022-03-21
pres-term-bank 2015-02-03 - - 2015-08-03
pres-term-bank 2025-02-28 - - 2026-02-28
tm-term 2016-02-29 - - 2026-02-28
civil-divorce-refile 2025-08-31 - - 2026-02-28
""".splitlines()
    if line
]


@pytest.mark.parametrize("line", QUESTIONS)
def test_the_answer(line: str) -> None:
    rule, trigger, custody, domicile, wanted = line.split()
    options = {"in_custody": custody == "custody", "foreign": domicile == "abroad"}
    if wanted == "refused":
        with pytest.raises((UserError, ValueError)):
            compute(rule, date.fromisoformat(trigger), **options)
        return
    on = datetime.fromisoformat(trigger) if "T" in trigger else date.fromisoformat(trigger)
    assert compute(rule, on, **options).due == date.fromisoformat(wanted)


def test_a_batch_of_questions_is_large_enough() -> None:
    assert len(QUESTIONS) > 80
