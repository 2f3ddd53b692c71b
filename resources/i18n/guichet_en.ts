<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AwayCard</name>
    <message numerus="yes">
        <source>%n thing(s) happened while you were away</source>
        <translation>
            <numerusform>%n thing happened while you were away</numerusform>
            <numerusform>%n things happened while you were away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AwayDialog</name>
    <message numerus="yes">
        <source>%n thing(s) happened while you were away</source>
        <translation>
            <numerusform>%n thing happened while you were away</numerusform>
            <numerusform>%n things happened while you were away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BroadcastPage</name>
    <message numerus="yes">
        <source>%n segment(s) for each customer</source>
        <translation>
            <numerusform>%n segment for each customer</numerusform>
            <numerusform>%n segments for each customer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} customer(s) found, {1} of them get it: {2}</source>
        <translation>
            <numerusform>{0} customer found, {1} of them gets it: {2}</numerusform>
            <numerusform>{0} customers found, {1} of them get it: {2}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallerPage</name>
    <message numerus="yes">
        <source>%n customers share this number</source>
        <translation>
            <numerusform>%n customer has this number</numerusform>
            <numerusform>%n customers share this number</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallsPage</name>
    <message numerus="yes">
        <source>{n} call(s)</source>
        <translation>
            <numerusform>{n} call</numerusform>
            <numerusform>{n} calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message numerus="yes">
        <source>%n other(s) here: {0}</source>
        <translation>
            <numerusform>also here: {0}</numerusform>
            <numerusform>also here: {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n live</numerusform>
            <numerusform>%n live</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatCard</name>
    <message numerus="yes">
        <source>%n more chat(s) ask for you.</source>
        <translation>
            <numerusform>%n more chat asks for you.</numerusform>
            <numerusform>%n more chats ask for you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatsCard</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message numerus="yes">
        <source>{n} line(s) sent, the last {when}</source>
        <translation>
            <numerusform>{n} line sent, the last {when}</numerusform>
            <numerusform>{n} lines sent, the last {when}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FloorDelegate</name>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n free</numerusform>
            <numerusform>%n free</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n busy</source>
        <translation>
            <numerusform>%n busy</numerusform>
            <numerusform>%n busy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HubAddresses</name>
    <message numerus="yes">
        <source>%n mail(s) wait in quarantine.</source>
        <translation>
            <numerusform>%n mail waits in quarantine.</numerusform>
            <numerusform>%n mails wait in quarantine.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message numerus="yes">
        <source>Import %n line(s)</source>
        <translation>
            <numerusform>Import %n line</numerusform>
            <numerusform>Import %n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n were checked; an import checks all.</source>
        <translation>
            <numerusform>The first one was checked; an import checks all.</numerusform>
            <numerusform>The first %n were checked; an import checks all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) done…</source>
        <translation>
            <numerusform>%n line done…</numerusform>
            <numerusform>%n lines done…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) went in.</source>
        <translation>
            <numerusform>%n line went in.</numerusform>
            <numerusform>%n lines went in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n did not.</source>
        <translation>
            <numerusform>%n did not.</numerusform>
            <numerusform>%n did not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailDialog</name>
    <message numerus="yes">
        <source>%n picture(s) not unpacked: so large that they would fill this computer’s memory. They stand among the files.</source>
        <translation>
            <numerusform>%n picture was not unpacked: so large that it would fill this computer’s memory. It stands among the files.</numerusform>
            <numerusform>%n pictures were not unpacked: so large that they would fill this computer’s memory. They stand among the files.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailLedgerPage</name>
    <message numerus="yes">
        <source>%n message(s) of the mailbox are not in the ledger</source>
        <translation>
            <numerusform>%n message of the mailbox is not in the ledger</numerusform>
            <numerusform>%n messages of the mailbox are not in the ledger</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailLines</name>
    <message numerus="yes">
        <source>delivered to all %n</source>
        <translation>
            <numerusform>delivered to %n</numerusform>
            <numerusform>delivered to all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailRuleEvidence</name>
    <message numerus="yes">
        <source>%n mail(s) concerned</source>
        <translation>
            <numerusform>%n mail concerned</numerusform>
            <numerusform>%n mails concerned</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewCaseDialog</name>
    <message numerus="yes">
        <source>This customer has %n open case(s). The latest: {0}.</source>
        <translation>
            <numerusform>This customer has %n open case. The latest: {0}.</numerusform>
            <numerusform>This customer has %n open cases. The latest: {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastDueCard</name>
    <message numerus="yes">
        <source>%n reminder(s) came due while you were away</source>
        <translation>
            <numerusform>%n reminder came due while you were away</numerusform>
            <numerusform>%n reminders came due while you were away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastDueDialog</name>
    <message numerus="yes">
        <source>%n reminder(s) came due while you were away</source>
        <translation>
            <numerusform>%n reminder came due while you were away</numerusform>
            <numerusform>%n reminders came due while you were away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more in your tasks</source>
        <translation>
            <numerusform>and %n more in your tasks</numerusform>
            <numerusform>and %n more in your tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReminderCard</name>
    <message numerus="yes">
        <source>%n attempt(s) so far.</source>
        <translation>
            <numerusform>%n attempt so far.</numerusform>
            <numerusform>%n attempts so far.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message numerus="yes">
        <source>%n change(s) not saved</source>
        <translation>
            <numerusform>%n change not saved</numerusform>
            <numerusform>%n changes not saved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message numerus="yes">
        <source>{n} per agent · {replies} reply(s)</source>
        <translation>
            <numerusform>{n} per agent · {replies} reply</numerusform>
            <numerusform>{n} per agent · {replies} replies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} answer(s) of {asked}</source>
        <translation>
            <numerusform>{n} answer of {asked}</numerusform>
            <numerusform>{n} answers of {asked}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TargetDelegate</name>
    <message numerus="yes">
        <source>%n busy</source>
        <translation>
            <numerusform>%n busy</numerusform>
            <numerusform>%n busy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n free</numerusform>
            <numerusform>%n free</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message numerus="yes">
        <source>%n min before</source>
        <translation>
            <numerusform>%n min before</numerusform>
            <numerusform>%n min before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextComposer</name>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n segment</numerusform>
            <numerusform>%n segments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>%n character left</numerusform>
            <numerusform>%n characters left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message numerus="yes">
        <source>%n ringing</source>
        <translation>
            <numerusform>%n ringing</numerusform>
            <numerusform>%n ringing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n free</source>
        <translation>
            <numerusform>%n free</numerusform>
            <numerusform>%n free</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TypesPage</name>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoneText</name>
    <message numerus="yes">
        <source>%n case(s) given back</source>
        <translation>
            <numerusform>%n case given back</numerusform>
            <numerusform>%n cases given back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left as they are</source>
        <translation>
            <numerusform>%n left as it is</numerusform>
            <numerusform>%n left as they are</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_HabitsCard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>after %n day(s)</source>
        <translation>
            <numerusform>after&#xa0;%n day</numerusform>
            <numerusform>after&#xa0;%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Message</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
</TS>
