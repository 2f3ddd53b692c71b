"""The words by which mail servers say that a mail could not be delivered."""

import re

SENDERS = re.compile(
    r"mailer[-_. ]?daemon|post[-_]?master|mail[-_ ]?delivery|mmdf|mail ?administrator|maildelivery|"
    r"delivery[-_ ]?subsystem|"
    r"mailer@|auto-?notif|internet mail|mail system|mailgateway|microsoft outlook|post_office|bounce|mail router|"
    r"symantec|mail-?router|nonreply|no-?reply"
)
SUBJECTS = re.compile(
    r"undeliver|undeliverable|deliver(?:y|ed|ing).{0,40}(?:fail|stat|problem|error|delay|notif|report|unsucc)|"
    r"(?:fail|error|problem|could not|can(?:'|no)t|unable|warning).{0,40}(?:deliver|sen[dt]|mail|message|notice)|"
    r"returned (?:mail|message|to sender)|non[- ]?deliver|not delivered|mail (?:system )?error|returned to|"
    r"failure notice|notification d'échec|échec de|non remis|unzustellbar|nicht zugestellt|fehlgeschlagen|"
    r"no se (?:puede|ha podido) entregar|devuelto|mancata consegna|onbestelbaar|недоставлен|не доставлен|"
    r"message not sent|user unknown|配信|送信|delayed|returned|dsn",
    re.IGNORECASE,
)
FAILED = re.compile(
    r"did not reach|delivery errors?|could ?n[o']t be (?:delivered|reached|found|sent)|(?:was|were|is|be|"
    r"been) (?:not|un)(?: be)? ?(?:deliver|sent|able)|"
    r"not (?:be )?(?:deliver|receiv|relay|accept)|undeliver|unable to (?:deliver|relay|send|find)|fail(?:ed|ure|s)\b|"
    r"can(?:not|'t| not) (?:be )?(?:deliver|accept|reach|send|open)|permanent (?:fatal )?error|"
    r"(?:user|recipient|host|address|mailbox|account)s? (?:is |was |name )?(?:unknown|not (?:found|known|listed|exist)|"
    r"does(?: not|n't) exist|unavailable|inactive|disabled|full|over quota)|unknown (?:user|recipient|host|address|"
    r"local)|"
    r"no such (?:user|recipient|mailbox|address|person|domain)|(?:reject|refus|return|bounc)ed\b|"
    r"delay(?:ed)? |still (?:being )?retr|has been (?:deferred|queued|stopped|blocked)|was (?:deferred|blocked)|"
    r"said: [45]\d\d|<<< [45]\d\d|\b[45]\d\d[ -]#?[45]\.\d|giving up|gave up|over quota|quota exceeded|"
    r"nicht zugestellt|"
    r"konnte nicht|n'a pas pu|n'ont pas pu|non (?:remis|distribu)|no (?:se )?pud|transcript of session|"
    r"invalid (?:user|recipient|address|mailbox)|does not exist|doesn't exist|関して|配信|送信|届け|не удалось|"
    r"не может",
    re.IGNORECASE,
)
DEAD = re.compile(
    r"(?:user|recipient|mailbox|account|address|alias|e-?mail)\S{0,40}\s(?:\S{1,80}\s){0,3}?(?:is |was )?(?:unknown|"
    r"not (?:found|known|listed|exist|registered|valid|our)|does ?n[o']t (?:exist|have)|invalid|nonexistent)|"
    r"(?:user|recipient|address|mailbox|account) (?:unknown|not found|doesn't exist|does not exist|invalid|"
    r"rejected: un)|"
    r"unknown (?:user|recipient|address|local|mailbox|account|or illegal|virtual|alias|host|domain)|"
    r"no (?:such|mailbox|account|valid) ?(?:users?|recipients?|mailbox|address|person|here|by that|with|host|"
    r"domain|account|virtual|local)?|not? (?:a )?(?:valid|known|local) (?:user|recipient|mailbox|address|account)|"
    r"invalid (?:user|recipient|mailbox|address|final|account)|(?:host|domain)(?: name)? (?:unknown|not found|lookup|"
    r"does(?:n't| not) exist)|(?:unknown|unrouteable|unroutable|bad) (?:host|domain|address|destination|mail)|"
    r"unrouteable|couldn't find any host|name or service not known|no (?:mx|a) record|nullmx|null mx|"
    r"does ?n[o']t (?:accept|receive) (?:any )?(?:e-?)?mail|not our customer|has moved|user has left|"
    r"user is not|isn't in|not in our|"
    r"recipientnotfound|resolver\.adr|access denied\. as|宛先不明|存在しません|utilisateur inconnu|inconnu|"
    r"adresse d au moins un destinataire invalide|invalid recipient|no longer (?:exist|valid|available|with|active)|"
    r"there is no (?:one|user)|non ?existent|(?<!may )not exist|not listed in|mailbox unavailable|"
    r"domain is not reachable|name is not recognized|no smtp service|"
    r"inactive email address|"
    r"user unknown|user_unknown",
    re.IGNORECASE,
)
FULL = re.compile(
    r"(?:mailbox|quota|inbox|account|disk|user)\S{0,20}\s(?:\S{1,40}\s){0,4}?(?:full|exceed|over ?quota|over its)|"
    r"over ?quota|quota (?:exceed|full)|exceeded (?:the |its |his |storage |mailbox )|insufficient (?:system )?storage|"
    r"mailbox full|too (?:big|large)|size (?:limit|exceed)|not enough (?:storage|space|disk)",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"spam|block(?:ed|list)|blacklist|black list|policy|polic(?:y|ies)|dmarc|\bspf\b|dkim|authenticat|relay|virus|"
    r"reputation|rejected (?:due|for|because|by)|reverse dns|\bptr\b|\brate\b|too many|suspend|disabled|inactive|"
    r"prohibited|"
    r"rbl|spamhaus|dnsbl|sender|unsolicited|content|not authorized|permission|denied|filter",
    re.IGNORECASE,
)
# Said even with a temporary code by servers that gave up, or with a code for refusals by those that hide who is there.
NOBODY_THERE = re.compile(
    r"\b[45]\d\d[ -][45]\.1\.1\b.{0,200}(?:user|recipient|address|mailbox)(?: is)? (?:unknown|not found)|"
    r"5\d\d 5\.[47]\.1 .{0,200}recipient address rejected: access denied",
    re.IGNORECASE | re.DOTALL,
)
# The address was taken and the text refused: somebody's own filter, whatever it says.
ACCEPTED_FIRST = re.compile(
    r"in reply to end of DATA|after (?:end of )?DATA\b|SMTP command\s+DATA\b|"
    # Where commands are sent ahead, sendmail shows it so only when no recipient was refused.
    r">>> DATA\s+<<< 5.{1,300}\s554 5\.0\.0 Service unavailable"
)
BY_SENDER = re.compile(r"after MAIL FROM|in reply to MAIL FROM", re.IGNORECASE)
# What delivers inside the other house failed.
PROGRAM = re.compile(r"pipe to \||x-unix;|command output:|\bprocmail\b", re.IGNORECASE)
DELAYED = re.compile(
    r"delayed|will (?:be|keep|continue).{0,30}(?:retr|try)|still (?:being )?(?:retr|try)|temporar|not yet been|"
    r"deferred|retry timeout exceeded|retry time not reached",
    re.IGNORECASE,
)
# Only a server shows a conversation between servers; its mail need not say so in its subject.
TRANSCRIPT = re.compile(
    r"RCPT TO:|did not reach the following recipient|transcript of session follows|delivery (?:has )?failed",
    re.IGNORECASE,
)
DAEMON = re.compile(r"mailer-?daemon|post[-_]?master|mail delivery (?:sub)?system|system administrator", re.IGNORECASE)
# Lines whose addresses are not those that the mail went to.
ASIDE = re.compile(
    r"[ \t>]{0,20}(?:(?:message-id|references|in-reply-to|original-envelope-id|x-[\w-]{1,40}|from)\s?:|"
    r"in:\s{1,9}mail\s)|"
    r".{0,300}\b(?:contact|assistance|please send mail to|sent by|mail\s{1,9}from)\b",
    re.IGNORECASE,
)
