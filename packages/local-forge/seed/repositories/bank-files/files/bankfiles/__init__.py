from bankfiles.iban import InvalidIban, parse_iban
from bankfiles.pain001 import Transfer, payment_file

__all__ = ["InvalidIban", "Transfer", "parse_iban", "payment_file"]
