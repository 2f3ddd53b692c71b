"""Mail on real parts: IMAP and SMTP servers, doubles of Exchange and Graph, hubs that die."""
