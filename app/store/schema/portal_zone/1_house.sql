-- Times are shown in the organisation's zone.
CREATE OR REPLACE FUNCTION portal_house(with_key text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = guichet, pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('id', o.id, 'name', o.name, 'language', o.language, 'url', public_url(o.id), 'zone', o.time_zone)
  FROM web_settings w JOIN organisations o ON o.id = w.organisation_id WHERE w.portal_key = with_key AND w.portal
$$;
