"""Sums a day's captures and refunds per merchant and currency (CSV in, CSV out)."""
import csv
import sys
from collections import defaultdict


def summarise(rows):
    totals = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        entry = totals[(row["merchant"], row["currency"])]
        amount = int(row["amount"])
        if row["type"] == "capture":
            entry[0] += amount
        elif row["type"] == "refund":
            entry[1] += amount
        else:
            print("skipped %s" % row["type"], file=sys.stderr)
            continue
        entry[2] += 1
    for (merchant, currency), (captured, refunded, count) in sorted(totals.items()):
        yield {
            "merchant": merchant,
            "currency": currency,
            "captured": captured,
            "refunded": refunded,
            "net": captured - refunded,
            "count": count,
        }


def main():
    writer = csv.DictWriter(sys.stdout, ["merchant", "currency", "captured", "refunded", "net", "count"])
    writer.writeheader()
    writer.writerows(summarise(csv.DictReader(sys.stdin)))


if __name__ == "__main__":
    main()
