"""An SMS as its provider brought it, read into the form that the hub's rules know: a mail without a subject."""

from urllib.parse import parse_qs

import phonenumbers

from app.domain.mail import Mail, MailAddress, Verdict


def form_of(raw: bytes) -> dict[str, str]:
    """The fields of a form as it was posted; of one that is named twice the first."""
    read = parse_qs(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    return {name: values[0] for name, values in read.items()}


def read_sms(raw: bytes) -> Mail:
    """Who wrote and what; a sender that is no telephone number cannot be answered, so it is nobody."""
    try:
        form = form_of(raw)
    except ValueError:
        form = {}
    sender = _e164(form.get("From", ""))
    text = form.get("Body", "").replace("\x00", "")
    understood = "From" in form and "Body" in form
    return Mail(
        message_id=None,
        subject="",
        sender=MailAddress("", sender) if sender else None,
        to=(),
        cc=(),
        date=None,
        text=text,
        full_text=text,
        html=None,
        parts=(),
        verdict=Verdict.HUMAN if understood else Verdict.UNPARSEABLE,
        notices=() if understood else ("not_a_form",),
    )


def _e164(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed[:60], None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
