import unittest

from fraud.features import features
from fraud.score import MODEL, decide, reasons, score

PAYMENT = {"amount": 2_000, "at": "2026-03-02T14:00:00", "device": "d1", "ipCountry": "FR", "cardCountry": "FR"}
REGULAR = {"averageAmount": 2_000, "devices": ["d1"], "accountAgeDays": 900}


class ScoreTest(unittest.TestCase):
    def test_a_regular_shopper_is_accepted(self):
        probability, _ = score(features(PAYMENT, REGULAR))
        self.assertEqual(decide(probability), "accept")

    def test_a_stranger_at_night_is_not(self):
        payment = {**PAYMENT, "amount": 90_000, "at": "2026-03-02T03:00:00", "device": "x", "ipCountry": "BR"}
        probability, parts = score(features(payment, {"attemptsLastHour": 6}))
        self.assertEqual(decide(probability), "decline")
        self.assertEqual(reasons(parts)[0], "amountAboveUsual")

    def test_every_risk_raises_the_score(self):
        base = features(PAYMENT, REGULAR)
        for name, weight in MODEL["weights"].items():
            more, _ = score({**base, name: base[name] + 1})
            self.assertEqual(more > score(base)[0], weight > 0, name)

    def test_a_missing_feature_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "newDevice"):
            score({"amountAboveUsual": 0})

    def test_outliers_are_bounded(self):
        self.assertEqual(features({**PAYMENT, "amount": 10**9}, REGULAR)["amountAboveUsual"], 5)
