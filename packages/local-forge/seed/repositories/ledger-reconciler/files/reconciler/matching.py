"""Matches what the ledger says with what the bank says."""
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One movement: minor units, booked on an ISO date."""

    reference: str
    amount: int
    booked: str


@dataclass
class Result:
    matched: list = field(default_factory=list)
    only_ledger: list = field(default_factory=list)
    only_bank: list = field(default_factory=list)
    differing: list = field(default_factory=list)

    @property
    def clean(self):
        return not (self.only_ledger or self.only_bank or self.differing)


def reconcile(ledger, bank):
    """Pairs lines by reference; what shares a reference but not the amount differs."""
    result = Result()
    waiting = defaultdict(list)
    for line in bank:
        waiting[line.reference].append(line)
    for line in ledger:
        candidates = waiting[line.reference]
        exact = next((c for c in candidates if c.amount == line.amount), None)
        if exact:
            candidates.remove(exact)
            result.matched.append((line, exact))
        elif candidates:
            result.differing.append((line, candidates.pop(0)))
        else:
            result.only_ledger.append(line)
    for lines in waiting.values():
        result.only_bank.extend(lines)
    return result
