"""Identifying numbers typed where a name belongs, and numbers that may be of two sorts."""

from __future__ import annotations

import pytest

from lawdesk.conflicts.rules import Asked, Known, KnownName, NameIndex, find_hits


@pytest.mark.parametrize(
    ("typed", "filed"),
    [
        ("72111835-9", "911101057211183590"),
        ("721118359", "911101057211183590"),
        ("MAE65M38X", "91310000MAE65M38XP"),
        ("MA876143-3", "91310000MA8761433C"),
        ("MA8761433", "MA8761433"),
        ("11010519491231002x", "110105491231002"),
    ],
)
def test_a_number_is_found_however_it_is_written(typed, filed):
    index = NameIndex(
        [
            Known(1, (KnownName("晨湖示例科技有限公司"),), "organization", (filed,)),
            Known(2, (KnownName("栩岳物流有限公司"),), "organization", ("91310000MA1K00001Y",)),
        ]
    )
    hits = find_hits(Asked(typed), index, 10).hits
    assert [(hit.party, str(hit.level)) for hit in hits] == [(1, "certain")]


@pytest.mark.parametrize("typed", ["MANDARIN8", "hotel 2020", "Room 39"])
def test_a_name_with_digits_stays_a_name(typed):
    index = NameIndex([Known(1, (KnownName(typed),), "organization")])
    assert [hit.party for hit in find_hits(Asked(typed), index, 10).hits] == [1]
