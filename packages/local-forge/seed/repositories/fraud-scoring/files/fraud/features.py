"""Turns a payment and what we know of the shopper into the features of the model."""
from datetime import datetime


def features(payment, shopper):
    usual = max(shopper.get("averageAmount", 0), 1)
    hour = datetime.fromisoformat(payment["at"]).hour
    return {
        "amountAboveUsual": min(max(payment["amount"] / usual - 1, 0), 5),
        "newDevice": float(payment["device"] not in shopper.get("devices", ())),
        "countryMismatch": float(payment["ipCountry"] != payment["cardCountry"]),
        "nightTime": float(hour < 5),
        "attemptsLastHour": min(shopper.get("attemptsLastHour", 0), 10),
        "accountAgeYears": min(shopper.get("accountAgeDays", 0) / 365, 5),
    }
