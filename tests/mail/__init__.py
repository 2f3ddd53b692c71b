"""Mail on real parts: IMAP and SMTP servers, doubles of Exchange and Graph that keep to their schemas, hubs that die."""
