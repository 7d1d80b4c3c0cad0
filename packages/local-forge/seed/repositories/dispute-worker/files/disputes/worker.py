"""Reads chargebacks as JSON lines, writes reminders as JSON lines."""
import json
import sys
from datetime import date

from disputes.deadline import days_left, merchant_deadline

REMIND_AT = (14, 7, 3, 1)


def reminders(chargebacks, today):
    for case in chargebacks:
        opened = date.fromisoformat(case["opened"])
        left = days_left(case["scheme"], opened, today)
        if case.get("answered"):
            continue
        if left in REMIND_AT:
            yield {"case": case["id"], "daysLeft": left, "until": str(merchant_deadline(case["scheme"], opened))}
        elif left < 0:
            yield {"case": case["id"], "lost": True}


def main():
    today = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today()
    for reminder in reminders(map(json.loads, sys.stdin), today):
        print(json.dumps(reminder))


if __name__ == "__main__":
    main()
