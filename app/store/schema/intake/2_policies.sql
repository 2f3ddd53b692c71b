REVOKE EXECUTE ON FUNCTION keep_blob, keep_arrivals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_blob, keep_arrivals TO guichet_hub;
