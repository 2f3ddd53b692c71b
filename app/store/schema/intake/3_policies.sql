REVOKE EXECUTE ON FUNCTION keep_blob, keep_arrivals, known_case, mail_facts, file_mail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_blob, keep_arrivals, known_case, mail_facts, file_mail TO guichet_hub;
