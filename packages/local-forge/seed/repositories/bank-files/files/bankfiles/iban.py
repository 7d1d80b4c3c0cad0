"""Validates account numbers (ISO 13616)."""

LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "IE": 22, "IT": 27, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}


class InvalidIban(ValueError):
    pass


def parse_iban(text):
    """The IBAN without spaces; raises InvalidIban with the reason."""
    iban = "".join(text.split()).upper()
    country = iban[:2]
    if country not in LENGTHS:
        raise InvalidIban(f"{country!r} is not a country we pay to")
    if len(iban) != LENGTHS[country]:
        raise InvalidIban(f"an IBAN of {country} has {LENGTHS[country]} characters, not {len(iban)}")
    if not iban.isascii() or not iban.isalnum():
        raise InvalidIban("an IBAN has letters and digits only")
    if _checksum(iban) != 1:
        raise InvalidIban("the check digits do not fit")
    return iban


def _checksum(iban):
    digits = "".join(str(int(character, 36)) for character in iban[4:] + iban[:4])
    return int(digits) % 97
