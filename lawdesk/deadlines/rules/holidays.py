"""The statutory holidays of a year nobody has announced (yet): what the law itself makes a day off.

Source: 全国年节及纪念日放假办法 in its versions of 1949, 1999, 2008, 2014 and 2025. Holidays of some citizens only
(妇女节, 青年节, 儿童节, 建军节) are no rest days for periods. Swapped days (调休) are not guessed.
"""

from __future__ import annotations

from datetime import date, timedelta

from lawdesk.kernel.i18n import N_, _, language

_FIRST_LUNAR_YEAR = 1980
# First day of the lunar year, 5th of the 5th and 15th of the 8th lunar month, each as MMDD; a group per year from
# 1980 to 2099. Worked out once with two independent almanacs (zhdate, cnlunar), which agreed on every day.
_LUNAR = str.split("""
021606170923 020506060912 012506251001 021306150921 020206040910 022006220929 020906110918
012905311007 021706180925 020606080914 012705281003 021506160922 020406050911 012306240930
021006130920 013106020909 021906200927 020706090916 012805301005 021606180924 020506060912
012406251001 021206150921 020106040911 012206220928 020906110918 012905311006 021806190925
020706080914 012605281003 021406160922 020306060912 012306230930 021006120919 013106020908
021906200927 020806090915 012805301004 021606180924 020506070913 012506251001 021206140921
020106030910 012206220929 021006100917 012905311006 021706190925 020606090915 012605281003
021306160922 020306050912 012306241001 021106120919 013106010908 021906200927 020806100916
012805301004 021506180924 020406070913 012405271002 021206140920 020106030910 012206220928
021006110917 013005311005 021706190925 020606080915 012605291004 021406150922 020206040911
012306230930 021106130919 020106010907 021906200926 020806100916 012805301005 021506170924
020406060913 012406251002 021206140921 020206030909 012106220928 020906110917 012906011006
021706190925 020506080915 012605281003 021406160923 020306040911 012306230929 021106130919
013106020908 021906200926 020706100916 012705301005 021506170924 020506060912 012406241001
021206140920 020206040910 012206220928 020906110917 012906011006 021706190926 020606070914
012605271003 021406150922 020306050911 012406230929 021006130918 013006020908 021806210927
020706090916 012705291005 021506170924 020506060913 012506240930 021206140920 020106040909
012106230929
""")

NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON, AUTUMN, NATIONAL = (
    "元旦",
    "春节",
    "清明节",
    "劳动节",
    "端午节",
    "中秋节",
    "国庆节",
)
_ENGLISH = {
    NEW_YEAR: N_("New Year's Day"),
    SPRING: N_("Spring Festival"),
    QINGMING: N_("Qingming"),
    LABOUR: N_("Labour Day"),
    DRAGON: N_("Dragon Boat Festival"),
    AUTUMN: N_("Mid-Autumn Festival"),
    NATIONAL: N_("National Day"),
}


def holiday_name(name_zh: str) -> str:
    """Return the name of a holiday in the user's language; joint holidays (``国庆节、中秋节``) stay joined."""
    if language() == "zh":
        return name_zh
    return ", ".join(_(_ENGLISH[part]) if part in _ENGLISH else part for part in name_zh.split("、"))


def statutory_holidays(year: int) -> dict[date, str]:
    """Return the days off the law itself gives in ``year``, with the holiday's Chinese name.

    Lunar holidays are known for 1980 to 2099; outside these years only those with a fixed date are returned.
    """
    days = {date(year, 1, 1): NEW_YEAR}
    days.update((date(year, 5, 1 + extra), LABOUR) for extra in range(_labour_days(year)))
    days.update((date(year, 10, 1 + extra), NATIONAL) for extra in range(3 if year >= 1999 else 2))
    index = year - _FIRST_LUNAR_YEAR
    if 0 <= index < len(_LUNAR):
        spring, dragon, autumn = (_day(year, _LUNAR[index][at : at + 4]) for at in (0, 4, 8))
        first, last = _spring_offsets(year)
        days.update((spring + timedelta(days=offset), SPRING) for offset in range(first, last + 1))
        if year >= 2008:
            days[qingming(year)] = QINGMING
            days.setdefault(dragon, DRAGON)
            days[autumn] = AUTUMN if autumn not in days else f"{NATIONAL}、{AUTUMN}"
    return days


def qingming(year: int) -> date:
    """Return the day of the solar term 清明 (the usual formula, right for 1980 to 2099)."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + (4.81 if year >= 2000 else 5.59)) - short // 4)


def _labour_days(year: int) -> int:
    """One day; three days from 2000 to 2007; two days since 2025 (放假办法 1999, 2008, 2025)."""
    if year >= 2025:
        return 2
    return 3 if 2000 <= year <= 2007 else 1


def _spring_offsets(year: int) -> tuple[int, int]:
    """First and last day of 春节 from the first lunar day: with 除夕 in 2008-2013 and again since 2025."""
    if year >= 2025:
        return -1, 2
    return (-1, 1) if 2008 <= year <= 2013 else (0, 2)


def _day(year: int, month_day: str) -> date:
    return date(year, int(month_day[:2]), int(month_day[2:]))
