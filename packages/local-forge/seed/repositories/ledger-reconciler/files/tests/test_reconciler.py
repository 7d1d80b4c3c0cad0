import unittest

from reconciler.matching import Line, reconcile
from reconciler.statement import parse_statement

STATEMENT = """:20:ACME
:61:2603020302C120,50NTRFPO-1//B1
:61:2603020302D7,NTRFFEE-9//B2
:61:2603030303RD1,00NTRFPO-2//B3
:62F:C260303EUR113,50
"""


class StatementTest(unittest.TestCase):
    def test_amounts_are_minor_units(self):
        lines = list(parse_statement(STATEMENT))
        self.assertEqual(lines[0], Line("PO-1", 12050, "2026-03-02"))
        self.assertEqual(lines[1].amount, -700)

    def test_a_reversed_debit_comes_back(self):
        self.assertEqual(list(parse_statement(STATEMENT))[2].amount, 100)

    def test_a_broken_line_is_named(self):
        with self.assertRaisesRegex(ValueError, "line 2"):
            list(parse_statement(":20:X\n:61:nonsense\n"))


class MatchingTest(unittest.TestCase):
    def line(self, reference, amount):
        return Line(reference, amount, "2026-03-02")

    def test_equal_books_are_clean(self):
        lines = [self.line("a", 1), self.line("b", -2)]
        self.assertTrue(reconcile(lines, reversed(lines)).clean)

    def test_an_amount_that_differs_is_not_a_match(self):
        result = reconcile([self.line("a", 100)], [self.line("a", 99)])
        self.assertEqual(len(result.differing), 1)
        self.assertFalse(result.clean)

    def test_a_reference_may_occur_twice(self):
        two = [self.line("a", 1), self.line("a", 2)]
        result = reconcile(two, [self.line("a", 2), self.line("a", 1)])
        self.assertEqual(len(result.matched), 2)

    def test_what_the_bank_alone_knows_is_reported(self):
        result = reconcile([], [self.line("x", 5)])
        self.assertEqual([line.reference for line in result.only_bank], ["x"])
