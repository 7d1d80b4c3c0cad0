import tempfile
import unittest

from archiver.partition import archive, partition_of


def event(key, at="2026-03-02T23:30:00+00:00", kind="payment"):
    return {"id": key, "type": kind, "at": at}


class PartitionTest(unittest.TestCase):
    def test_the_day_is_in_utc(self):
        self.assertEqual(partition_of(event("a", "2026-03-03T00:30:00+01:00")), "type=payment/day=2026-03-02")

    def test_a_time_without_zone_is_refused(self):
        with self.assertRaisesRegex(ValueError, "no zone"):
            partition_of(event("a", "2026-03-02T12:00:00"))

    def test_an_event_is_written_once(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(archive([event("a"), event("b"), event("a")], root), {"type=payment/day=2026-03-02": 2})
            self.assertEqual(archive([event("b"), event("c")], root), {"type=payment/day=2026-03-02": 1})

    def test_types_are_apart(self):
        with tempfile.TemporaryDirectory() as root:
            self.assertEqual(len(archive([event("a"), event("b", kind="payout")], root)), 2)
