"""When a merchant's answer to a chargeback must be with the card scheme."""
from datetime import date, timedelta

# Calendar days from the chargeback to the last day of an answer.
DAYS_TO_ANSWER = {"visa": 30, "mastercard": 45, "amex": 20}
# We need time to send what the merchant gives us.
RESERVE = timedelta(days=3)


def scheme_deadline(scheme, opened):
    try:
        return opened + timedelta(days=DAYS_TO_ANSWER[scheme])
    except KeyError:
        raise ValueError("unknown scheme: %r" % (scheme,)) from None


def merchant_deadline(scheme, opened):
    """Our deadline for the merchant: never on a weekend."""
    day = scheme_deadline(scheme, opened) - RESERVE
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def days_left(scheme, opened, today):
    return (merchant_deadline(scheme, opened) - today).days
