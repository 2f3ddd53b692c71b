"""Telephone numbers: one normaliser for typing, search, screen pop and display (libphonenumber)."""

from dataclasses import dataclass

import phonenumbers

from app.domain.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A customer's number: E.164 for matching, and the form in which it was typed."""

    e164: str
    typed: str
    label: str = ""


def parse(typed: str, region: str, label: str = "") -> PhoneNumber:
    """Read what a person typed, national form in `region` (ISO 3166), or refuse it with an example."""
    number = _read(typed, region)
    if number is None or not phonenumbers.is_possible_number(number):
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        shown = (
            display(phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164), region) if example else ""
        )
        raise Refused(Refusal.NOT_A_PHONE_NUMBER, "phone", value=typed[:40], example=shown)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return PhoneNumber(e164, typed.strip(), label)


def normalise(text: str, region: str) -> str | None:
    """E.164 of a caller's or a searched number, or None when it is none."""
    number = _read(text, region)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def prefix(text: str, region: str) -> str | None:
    """What the E.164 form begins with when only the first digits are typed, or None when it is no number."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) < 3 or any(c.isalpha() for c in text):
        return None
    if text.strip().startswith("+"):
        return "+" + digits
    if digits.startswith("00"):
        return "+" + digits[2:]
    country = phonenumbers.country_code_for_region(region)
    national_prefix = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) or ""
    return f"+{country}{digits.removeprefix(national_prefix)}"


def display(e164: str, region: str) -> str:
    """The form that people of `region` read: national at home, international abroad."""
    number = _read(e164, region)
    if number is None:
        return e164
    home = number.country_code == phonenumbers.country_code_for_region(region)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def is_emergency(text: str, region: str) -> bool:
    """Whether a dialled number is an emergency number of `region`, which is never refused or held up."""
    return phonenumbers.is_emergency_number(text, region)


def _read(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    if len(text) > 60:
        return None
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
