ALTER TABLE views ENABLE ROW LEVEL SECURITY;
CREATE POLICY hub ON views TO guichet_hub USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON views TO guichet_hub;
CREATE POLICY agent_reads ON views FOR SELECT TO guichet_agent USING (
  organisation_id = (SELECT my_organisation())
  AND CASE WHEN owner_id IS NOT NULL THEN owner_id = (SELECT me())
           ELSE team_id IS NULL OR team_id = ANY ((SELECT my_teams())::uuid[]) OR (SELECT may('manage_teams')) END);
CREATE POLICY agent_adds ON views FOR INSERT TO guichet_agent WITH CHECK (
  organisation_id = (SELECT my_organisation())
  AND CASE WHEN owner_id IS NOT NULL THEN owner_id = (SELECT me()) ELSE may_share_view(team_id) END);
CREATE POLICY agent_changes ON views FOR UPDATE TO guichet_agent USING (
  organisation_id = (SELECT my_organisation())
  AND CASE WHEN owner_id IS NOT NULL THEN owner_id = (SELECT me()) ELSE may_share_view(team_id) END)
  WITH CHECK (
  organisation_id = (SELECT my_organisation())
  AND CASE WHEN owner_id IS NOT NULL THEN owner_id = (SELECT me()) ELSE may_share_view(team_id) END);
CREATE POLICY agent_removes ON views FOR DELETE TO guichet_agent USING (
  organisation_id = (SELECT my_organisation())
  AND CASE WHEN owner_id IS NOT NULL THEN owner_id = (SELECT me()) ELSE may_share_view(team_id) END);
GRANT SELECT, DELETE,
  INSERT (id, organisation_id, key, owner_id, team_id, name, icon, condition, columns, sorting, grouping, at_left, position),
  UPDATE (owner_id, team_id, name, icon, condition, columns, sorting, grouping, at_left, position) ON views TO guichet_agent;

REVOKE EXECUTE ON FUNCTION urgency, may_share_view, view_before, view_after, shipped_views, ship_views,
  organisation_gets_views, restore_views FROM PUBLIC;
GRANT EXECUTE ON FUNCTION urgency TO guichet_agent, guichet_hub;
GRANT EXECUTE ON FUNCTION may_share_view, restore_views TO guichet_agent;
