"""Reads the lines of an MT940 bank statement that we need."""
import re

from reconciler.matching import Line

_LINE = re.compile(
    r"^:61:(?P<date>\d{6})(?:\d{4})?(?P<sign>R?[CD])[A-Z]?(?P<amount>\d+,\d{0,2})N\w{3}(?P<reference>[^/\s]+)"
)


def parse_statement(text):
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith(":61:"):
            continue
        match = _LINE.match(line)
        if not match:
            raise ValueError(f"line {number}: not a statement line: {line!r}")
        yield Line(
            reference=match["reference"],
            amount=_minor_units(match["amount"]) * _sign(match["sign"]),
            booked="20{}-{}-{}".format(*re.findall("..", match["date"])),
        )


def _minor_units(text):
    whole, fraction = text.split(",")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def _sign(mark):
    """RD is a reversed debit: money comes back."""
    return {"C": 1, "RD": 1, "D": -1, "RC": -1}[mark]
