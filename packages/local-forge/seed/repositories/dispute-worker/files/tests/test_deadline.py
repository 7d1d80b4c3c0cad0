import unittest
from datetime import date

from disputes.deadline import merchant_deadline, scheme_deadline
from disputes.worker import reminders


class DeadlineTest(unittest.TestCase):
    def test_schemes_differ(self):
        self.assertEqual(scheme_deadline("visa", date(2026, 1, 1)), date(2026, 1, 31))
        self.assertEqual(scheme_deadline("amex", date(2026, 1, 1)), date(2026, 1, 21))

    def test_never_on_a_weekend(self):
        # 2026-02-03 + 30 - 3 days is a Monday; one day earlier would be a Sunday.
        self.assertEqual(merchant_deadline("visa", date(2026, 2, 2)), date(2026, 2, 27))

    def test_unknown_scheme(self):
        with self.assertRaises(ValueError):
            scheme_deadline("diners", date(2026, 1, 1))

    def test_answered_cases_are_quiet(self):
        cases = [{"id": "c1", "scheme": "visa", "opened": "2026-01-01", "answered": True}]
        self.assertEqual(list(reminders(cases, date(2026, 1, 27))), [])

    def test_a_missed_deadline_is_lost(self):
        cases = [{"id": "c1", "scheme": "visa", "opened": "2026-01-01"}]
        self.assertEqual(list(reminders(cases, date(2026, 3, 1))), [{"case": "c1", "lost": True}])
