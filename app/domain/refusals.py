"""What a user can mend, as a code with its sentence: raised by rules, by the database and by forms alike."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


def QT_TRANSLATE_NOOP(context: str, sentence: str) -> str:  # noqa: N802 - the marker that lupdate looks for
    """Mark a sentence for translation without Qt: ui translates it in the same context."""
    del context
    return sentence


class Refusal(StrEnum):
    """Every reason for which an act is refused; the database raises the same words under SQLSTATE GU001."""

    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"
    CHANGED_MEANWHILE = "changed_meanwhile"
    REQUIRED = "required"
    TOO_LONG = "too_long"
    NOT_A_PHONE_NUMBER = "not_a_phone_number"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_URL = "not_a_url"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    NO_SUCH_LOCAL_TIME = "no_such_local_time"
    FIELD_TYPE_IS_FIXED = "field_type_is_fixed"
    SUB_TEAM_NEEDS_COMMUNICATION_TEAM = "sub_team_needs_communication_team"
    COMMUNICATION_TEAM_NEEDS_NUMBER = "communication_team_needs_number"
    TEAM_SPEAKS_FOR_OTHERS = "team_speaks_for_others"
    NUMBER_IN_USE = "number_in_use"
    NAME_IN_USE = "name_in_use"
    ACCOUNT_NUMBER_IN_USE = "account_number_in_use"
    CASE_IS_CLOSED = "case_is_closed"
    SOLVED_NEEDS_ASSIGNEE = "solved_needs_assignee"
    NEVER_BACK_TO_NEW = "never_back_to_new"
    STATE_NOT_OF_TYPE = "state_not_of_type"
    NOT_A_MEMBER = "not_a_member"
    SAME_RECORD = "same_record"
    MERGED_ALREADY = "merged_already"
    ALREADY_TAKEN = "already_taken"
    ATTACHMENT_TOO_LARGE = "attachment_too_large"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a secret
    WEAK_PASSWORD = "weak_password"  # noqa: S105 - a reason, not a secret
    SERVER_AWAY = "server_away"
    SCHEMA_TOO_NEW = "schema_too_new"
    SCHEMA_TOO_OLD = "schema_too_old"
    DISK_FULL = "disk_full"
    NO_LIVE_CALL = "no_live_call"
    NOBODY_FREE = "nobody_free"
    NOT_A_TABLE = "not_a_table"
    COLUMNS_MISSING = "columns_missing"
    LINE_TOO_SHORT = "line_too_short"
    NOT_ONE_CUSTOMER = "not_one_customer"
    RESULT_NEEDED = "result_needed"
    AGENT_IS_ON_A_CALL = "agent_is_on_a_call"
    NOT_RECORDED_HERE = "not_recorded_here"
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"
    TREE_LEADS_ASTRAY = "tree_leads_astray"
    NOT_A_HEADER = "not_a_header"
    ADDRESS_IN_USE = "address_in_use"
    NOT_AN_ID = "not_an_id"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    ONE_LINE_ONLY = "one_line_only"
    ALREADY_LEFT = "already_left"
    NOT_A_TEMPLATE = "not_a_template"
    MACRO_SPREADS = "macro_spreads"
    TYPE_NOT_ENABLED = "type_not_enabled"
    MOVE_NOT_ALLOWED = "move_not_allowed"
    TYPE_NEEDS_STATES = "type_needs_states"
    DEFAULT_STATE_NEEDED = "default_state_needed"
    STATE_CATEGORY_IS_FIXED = "state_category_is_fixed"
    LAST_TYPE = "last_type"
    ALREADY_REFERRED = "already_referred"
    CALENDAR_IN_USE = "calendar_in_use"
    STOPPED_SMS = "stopped_sms"
    SUB_TEAM_GETS_NO_MESSAGES = "sub_team_gets_no_messages"
    CHAT_IS_OVER = "chat_is_over"
    SUB_TEAM_SENDS_NO_BROADCASTS = "sub_team_sends_no_broadcasts"


SENTENCES: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NOT_PERMITTED: QT_TRANSLATE_NOOP(
            "Refusal", "You do not have the permission for this. Ask a lead or an administrator."
        ),
        Refusal.NOT_FOUND: QT_TRANSLATE_NOOP(
            "Refusal", "This record is not there any more, or it is not yours to see."
        ),
        Refusal.CHANGED_MEANWHILE: QT_TRANSLATE_NOOP(
            "Refusal", "A colleague changed this a moment ago. Both versions are shown; choose."
        ),
        Refusal.REQUIRED: QT_TRANSLATE_NOOP("Refusal", "{field} is needed."),
        Refusal.TOO_LONG: QT_TRANSLATE_NOOP("Refusal", "{field} is too long: {length} characters, at most {most}."),
        Refusal.NOT_A_PHONE_NUMBER: QT_TRANSLATE_NOOP(
            "Refusal", "“{value}” is not a telephone number. Example: {example}."
        ),
        Refusal.NOT_AN_EMAIL: QT_TRANSLATE_NOOP("Refusal", "“{value}” is not an e-mail address."),
        Refusal.NOT_A_URL: QT_TRANSLATE_NOOP(
            "Refusal", "“{value}” is not a web address. It begins with https:// or http://."
        ),
        Refusal.NOT_A_NUMBER: QT_TRANSLATE_NOOP("Refusal", "“{value}” is not a number."),
        Refusal.NOT_A_DATE: QT_TRANSLATE_NOOP("Refusal", "“{value}” is not a date. Example: 2026-11-25."),
        Refusal.NOT_A_CHOICE: QT_TRANSLATE_NOOP("Refusal", "“{value}” is not one of the choices of {field}."),
        Refusal.NO_SUCH_LOCAL_TIME: QT_TRANSLATE_NOOP(
            "Refusal", "{time} does not exist in {zone} on that night: the clocks go forward. Use {proposed}."
        ),
        Refusal.FIELD_TYPE_IS_FIXED: QT_TRANSLATE_NOOP(
            "Refusal", "The kind of a saved field cannot change. Make a new field instead."
        ),
        Refusal.SUB_TEAM_NEEDS_COMMUNICATION_TEAM: QT_TRANSLATE_NOOP(
            "Refusal",
            "A sub-team needs a default communication team: every case needs a number to communicate with.",
        ),
        Refusal.COMMUNICATION_TEAM_NEEDS_NUMBER: QT_TRANSLATE_NOOP(
            "Refusal", "The default communication team must have a telephone number of its own."
        ),
        Refusal.TEAM_SPEAKS_FOR_OTHERS: QT_TRANSLATE_NOOP(
            "Refusal", "This team is the communication team of {teams}. Choose another one for them first."
        ),
        Refusal.NUMBER_IN_USE: QT_TRANSLATE_NOOP("Refusal", "{value} belongs to another team already."),
        Refusal.NAME_IN_USE: QT_TRANSLATE_NOOP("Refusal", "“{value}” is taken already. Choose another name."),
        Refusal.ACCOUNT_NUMBER_IN_USE: QT_TRANSLATE_NOOP(
            "Refusal", "Account number {value} belongs to another customer."
        ),
        Refusal.CASE_IS_CLOSED: QT_TRANSLATE_NOOP(
            "Refusal", "A closed case does not change. Open a linked case instead."
        ),
        Refusal.MACRO_SPREADS: QT_TRANSLATE_NOOP(
            "Refusal", "By turns and by load automations assign; a macro names the agent, or who uses it."
        ),
        Refusal.SOLVED_NEEDS_ASSIGNEE: QT_TRANSLATE_NOOP("Refusal", "Assign the case before you solve it."),
        Refusal.NEVER_BACK_TO_NEW: QT_TRANSLATE_NOOP("Refusal", "A case that was worked on cannot become new again."),
        Refusal.STATE_NOT_OF_TYPE: QT_TRANSLATE_NOOP("Refusal", "This state does not belong to the type of the case."),
        Refusal.NOT_A_MEMBER: QT_TRANSLATE_NOOP("Refusal", "{agent} is not a member of {team}."),
        Refusal.SAME_RECORD: QT_TRANSLATE_NOOP(
            "Refusal", "This is the same record: choose another one to merge with it."
        ),
        Refusal.MERGED_ALREADY: QT_TRANSLATE_NOOP("Refusal", "{merged} was merged into {kept} already."),
        Refusal.ALREADY_TAKEN: QT_TRANSLATE_NOOP("Refusal", "{agent} has taken this already."),
        Refusal.ATTACHMENT_TOO_LARGE: QT_TRANSLATE_NOOP(
            "Refusal", "“{name}” has {size_mb} MB; at most {most_mb} MB can be attached."
        ),
        Refusal.WRONG_PASSWORD: QT_TRANSLATE_NOOP(
            "Refusal", "The name or the password is not right. Capital letters count."
        ),
        Refusal.WEAK_PASSWORD: QT_TRANSLATE_NOOP("Refusal", "A password has at least {least} characters."),
        Refusal.SERVER_AWAY: QT_TRANSLATE_NOOP(
            "Refusal", "The server {server} does not answer. Your text is kept on this computer."
        ),
        Refusal.SCHEMA_TOO_NEW: QT_TRANSLATE_NOOP(
            "Refusal",
            "The server is newer than this desk. Update Guichet (at least version {needed}) and sign in again.",
        ),
        Refusal.SCHEMA_TOO_OLD: QT_TRANSLATE_NOOP(
            "Refusal",
            "The server's database is older than this desk. Ask the administrator: guichetctl database upgrade.",
        ),
        Refusal.DISK_FULL: QT_TRANSLATE_NOOP(
            "Refusal", "The server has no room left. Nothing was stored; tell the administrator."
        ),
        Refusal.NO_LIVE_CALL: QT_TRANSLATE_NOOP("Refusal", "This call has ended."),
        Refusal.NOBODY_FREE: QT_TRANSLATE_NOOP(
            "Refusal", "Nobody is free there just now. Hand the call over, or choose somebody else."
        ),
        Refusal.NOT_A_TABLE: QT_TRANSLATE_NOOP(
            "Refusal", "This file is not a table. Save it as CSV with a line of headings, and choose it again."
        ),
        Refusal.COLUMNS_MISSING: QT_TRANSLATE_NOOP(
            "Refusal", "The file has no column for: {columns}. Add it, or rename a heading."
        ),
        Refusal.LINE_TOO_SHORT: QT_TRANSLATE_NOOP(
            "Refusal", "The line has {found} values and the heading has {wanted}."
        ),
        Refusal.NOT_ONE_CUSTOMER: QT_TRANSLATE_NOOP(
            "Refusal", "“{value}” is the sign of {count} customers: give an account number that exists."
        ),
        Refusal.RESULT_NEEDED: QT_TRANSLATE_NOOP("Refusal", "Choose the result of your last call first."),
        Refusal.AGENT_IS_ON_A_CALL: QT_TRANSLATE_NOOP("Refusal", "{agent} is on a call. Wait until it has ended."),
        Refusal.NOT_RECORDED_HERE: QT_TRANSLATE_NOOP(
            "Refusal", "This call cannot be recorded so. Ask an administrator."
        ),
        Refusal.OUT_OF_RANGE: QT_TRANSLATE_NOOP("Refusal", "{field}: between {least} and {most}."),
        Refusal.TREE_LEADS_ASTRAY: QT_TRANSLATE_NOOP(
            "Refusal", "The menu “{menu}” would lead callers astray. Look at its keys and where they lead."
        ),
        Refusal.NOT_A_HEADER: QT_TRANSLATE_NOOP(
            "Refusal", "“{value}” names no header. Write its name, a colon and its value: X-Priority: 1."
        ),
        Refusal.NOT_AN_ID: QT_TRANSLATE_NOOP(
            "Refusal", "“{value}” is no identifier: letters, digits and dashes, as Microsoft’s page shows it."
        ),
        Refusal.ADDRESS_IN_USE: QT_TRANSLATE_NOOP("Refusal", "{value} leads to a team already."),
        Refusal.TOO_MANY_RECIPIENTS: QT_TRANSLATE_NOOP(
            "Refusal", "A mail goes to {most} people at most; this one has {count}. A mailing needs another tool."
        ),
        Refusal.ALREADY_LEFT: QT_TRANSLATE_NOOP(
            "Refusal", "It is too late: the mail has left. Write to its recipients again if something was wrong."
        ),
        Refusal.NOT_A_TEMPLATE: QT_TRANSLATE_NOOP("Refusal", "The text cannot be filled in: {error}"),
        Refusal.ONE_LINE_ONLY: QT_TRANSLATE_NOOP("Refusal", "{field} has to be one line, without control characters."),
        Refusal.TYPE_NOT_ENABLED: QT_TRANSLATE_NOOP(
            "Refusal", "The type “{type}” is not enabled. Choose another one, or ask an administrator."
        ),
        Refusal.MOVE_NOT_ALLOWED: QT_TRANSLATE_NOOP(
            "Refusal", "From “{from}” a case does not go to “{to}”. Choose one of the states that are offered."
        ),
        Refusal.TYPE_NEEDS_STATES: QT_TRANSLATE_NOOP(
            "Refusal", "A type needs a state that means solved and one that means closed."
        ),
        Refusal.DEFAULT_STATE_NEEDED: QT_TRANSLATE_NOOP(
            "Refusal", "Choose the state in which new ones begin; it is neither solved nor closed."
        ),
        Refusal.STATE_CATEGORY_IS_FIXED: QT_TRANSLATE_NOOP(
            "Refusal", "What the state “{state}” means is fixed once it is saved. Make a new state instead."
        ),
        Refusal.LAST_TYPE: QT_TRANSLATE_NOOP("Refusal", "One type of cases stays enabled. Enable another one first."),
        Refusal.ALREADY_REFERRED: QT_TRANSLATE_NOOP("Refusal", "This case was handed to them already."),
        Refusal.TOO_MANY: QT_TRANSLATE_NOOP("Refusal", "At most {most} can be made here. Remove one first."),
        Refusal.CALENDAR_IN_USE: QT_TRANSLATE_NOOP(
            "Refusal", "Service levels count by this calendar: {policies}. Choose another one for them first."
        ),
        Refusal.STOPPED_SMS: QT_TRANSLATE_NOOP(
            "Refusal", "This customer wrote STOP and gets no SMS. Call her or write a mail; she may write START."
        ),
        Refusal.SUB_TEAM_GETS_NO_MESSAGES: QT_TRANSLATE_NOOP(
            "Refusal", "A sub-team gets messages through a team with a number only: its message tree, or a hand-over."
        ),
        Refusal.CHAT_IS_OVER: QT_TRANSLATE_NOOP("Refusal", "This chat is over."),
        Refusal.SUB_TEAM_SENDS_NO_BROADCASTS: QT_TRANSLATE_NOOP(
            "Refusal", "A sub-team has no number, so it sends no broadcasts. Ask its communication team."
        ),
    }
)


class Refused(Exception):  # noqa: N818 - the field's word: an act is refused
    """An act that was refused; `field` names the input it belongs to, `details` fill the sentence."""

    def __init__(self, reason: Refusal, field: str = "", **details: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.field = field
        self.details = details

    def __str__(self) -> str:
        return sentence(SENTENCES[self.reason], {"field": self.field, **self.details})


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(template: str, details: Mapping[str, object]) -> str:
    """A template with its details filled in; one that is missing shows as a question mark."""
    return template.format_map(_Blank(details))
