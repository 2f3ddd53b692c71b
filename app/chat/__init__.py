"""Messages besides mail: SMS by a provider or by the switch, behind the ports of ledger and outbox."""
