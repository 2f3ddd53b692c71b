-- A new mailbox is read while nothing is known about its size yet, and a plan that was made then stays for a while.
-- Two indexes began with the mailbox; the wrong one was taken, and each mail looked at all that had come before it.
DROP INDEX incoming_mailbox;
