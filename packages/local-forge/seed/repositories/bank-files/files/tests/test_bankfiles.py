import unittest

from bankfiles import InvalidIban, Transfer, parse_iban, payment_file

IBAN = "FR76 3000 6000 0112 3456 7890 189"


class IbanTest(unittest.TestCase):
    def test_spaces_and_case_do_not_matter(self):
        self.assertEqual(parse_iban("gb82 west 1234 5698 7654 32"), "GB82WEST12345698765432")

    def test_reasons(self):
        for text, reason in {
            "US64SVBKUS6S3300958879": "not a country",
            "FR76": "27 characters",
            "GB82WEST12345698765431": "check digits",
        }.items():
            with self.assertRaisesRegex(InvalidIban, reason):
                parse_iban(text)


class PaymentFileTest(unittest.TestCase):
    def file(self, *transfers):
        return payment_file("M1", "2026-03-02", "Acme Payments", IBAN, list(transfers))

    def test_amounts_have_two_decimals(self):
        text = self.file(Transfer("po1", 5, "Bakery", IBAN), Transfer("po2", 120_050, "Florist", IBAN))
        self.assertIn('<InstdAmt Ccy="EUR">0.05</InstdAmt>', text)
        self.assertIn("<CtrlSum>1200.55</CtrlSum>", text)

    def test_names_are_escaped(self):
        self.assertIn("Fish &amp; Chips", self.file(Transfer("po1", 1, "Fish & Chips", IBAN)))

    def test_one_wrong_number_refuses_the_file(self):
        with self.assertRaises(InvalidIban):
            self.file(Transfer("po1", 1, "A", IBAN), Transfer("po2", 1, "B", "FR76"))

    def test_ids_are_unique(self):
        with self.assertRaisesRegex(ValueError, "unique"):
            self.file(Transfer("po1", 1, "A", IBAN), Transfer("po1", 1, "B", IBAN))
