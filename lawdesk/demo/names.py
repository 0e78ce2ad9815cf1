"""Invented names: put together from parts (``resources/samples/demo.toml``), each firm and person once."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product
from random import Random
from typing import Any

from lawdesk.kernel.resources import resource_path


@cache
def parts() -> dict[str, Any]:
    """Return the parts of names, the courts, and the firm's people as (name, login, role), the founder first."""
    with resource_path("samples", "demo.toml").open("rb") as file:
        return tomllib.load(file)


def companies(random: Random) -> list[str]:
    """Return many names of companies, each once, in a fixed order of chance."""
    forms = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
    made = []
    for number, (brand, trade) in enumerate(product(parts()["brands"], parts()["trades"])):
        place = parts()["places"][number * 7 % len(parts()["places"])]
        form = forms[0 if number % 5 < 3 else number % 4]
        if number % 3 == 0:
            made.append(f"{brand}{trade}（{place.rstrip('市区县')}）{form}")
        elif number % 3 == 1:
            made.append(f"{place}{brand}{trade}{form}")
        else:
            made.append(f"{brand}{trade}{form}")
    random.shuffle(made)
    return made


def persons(random: Random) -> list[str]:
    """Return many names of persons, each once; none of them works in the firm."""
    taken = {name for name, _login, _role in parts()["lawyers"]}
    made = [
        surname + given
        for surname, given in product(parts()["surnames"], parts()["given"])
        if surname + given not in taken
    ]
    random.shuffle(made)
    return made


def credit_code(random: Random) -> str:
    """Return an invented credit code with right check characters (GB 32100); area 99 exists nowhere."""
    from lawdesk.cases.rules.identifiers import organization_check, uscc_check

    body = "".join(random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
    first = f"91990300{body}{organization_check(body)}"
    return first + uscc_check(first)
