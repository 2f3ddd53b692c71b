-- A phone off the switch's machine speaks TLS: whose signature it believes (PEM), and its STUN servers.
ALTER TABLE sip_credentials
  ADD COLUMN authority text NOT NULL DEFAULT '' CHECK (length(authority) <= 20000),
  ADD COLUMN stun text[] NOT NULL DEFAULT '{}' CHECK (cardinality(stun) <= 8),
  ADD CHECK (transport <> 'tls' OR authority <> '');
