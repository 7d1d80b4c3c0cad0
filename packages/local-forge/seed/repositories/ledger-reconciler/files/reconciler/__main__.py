"""Reads a ledger export (JSON lines) and a bank statement; exits with 1 when they differ."""
import json
import sys

from reconciler.matching import Line, reconcile
from reconciler.statement import parse_statement

with open(sys.argv[1], encoding="utf-8") as ledger, open(sys.argv[2], encoding="ascii") as bank:
    outcome = reconcile((Line(**json.loads(row)) for row in ledger), parse_statement(bank.read()))
print(f"{len(outcome.matched)} matched, {len(outcome.differing)} differ, "
      f"{len(outcome.only_ledger)} only in ledger, {len(outcome.only_bank)} only at bank")
sys.exit(0 if outcome.clean else 1)
