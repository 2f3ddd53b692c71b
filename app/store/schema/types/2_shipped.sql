-- What ships: ten types of each kind, with the states of their flow. Only the generic case is enabled.
CREATE FUNCTION shipped_types()
RETURNS TABLE (kind text, place integer, key text, name text, in_french text, icon text, flow text)
LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('case', 0, 'case', 'Case', 'Dossier', 'ticket', 'case'),
    ('case', 1, 'question', 'Question', 'Question', 'circle-question-mark', 'case'),
    ('case', 2, 'problem', 'Problem', 'Problème', 'triangle-alert', 'case'),
    ('case', 3, 'request', 'Service request', 'Demande d’intervention', 'wrench', 'case'),
    ('case', 4, 'complaint', 'Complaint', 'Réclamation', 'flag', 'case'),
    ('case', 5, 'suggestion', 'Suggestion', 'Suggestion', 'message-circle', 'suggestion'),
    ('case', 6, 'order', 'Order', 'Commande', 'package', 'case'),
    ('case', 7, 'quote', 'Quote', 'Devis', 'file', 'case'),
    ('case', 8, 'delivery', 'Delivery', 'Livraison', 'truck', 'case'),
    ('case', 9, 'warranty', 'Warranty', 'Garantie', 'signature', 'case'),
    ('task', 0, 'to_do', 'Task', 'Tâche', 'clipboard-check', 'task'),
    ('task', 1, 'visit', 'Visit', 'Visite', 'map-pin', 'task'),
    ('task', 2, 'repair', 'Repair', 'Réparation', 'wrench', 'task'),
    ('task', 3, 'delivery', 'Delivery', 'Livraison', 'truck', 'task'),
    ('task', 4, 'parts', 'Parts to order', 'Pièces à commander', 'package', 'task'),
    ('task', 5, 'quote', 'Quote to prepare', 'Devis à préparer', 'file', 'task'),
    ('task', 6, 'check', 'Check', 'Contrôle', 'circle-check', 'task'),
    ('task', 7, 'paperwork', 'Paperwork', 'Papiers', 'paperclip', 'task'),
    ('task', 8, 'training', 'Training', 'Formation', 'users', 'task'),
    ('task', 9, 'courtesy_call', 'Courtesy call', 'Appel de courtoisie', 'phone', 'task'),
    ('feature', 0, 'feature', 'Feature', 'Fonctionnalité', 'layers', 'feature'),
    ('feature', 1, 'improvement', 'Improvement', 'Amélioration', 'chevron-up', 'feature'),
    ('feature', 2, 'integration', 'Integration', 'Intégration', 'link', 'feature'),
    ('feature', 3, 'report', 'Report', 'Rapport', 'list-ordered', 'feature'),
    ('feature', 4, 'document', 'Document', 'Document', 'file', 'feature'),
    ('feature', 5, 'language', 'Language', 'Langue', 'languages', 'feature'),
    ('feature', 6, 'speed', 'Speed', 'Rapidité', 'clock', 'feature'),
    ('feature', 7, 'security', 'Security', 'Sécurité', 'lock', 'feature'),
    ('feature', 8, 'comfort', 'Ease of use', 'Confort d’utilisation', 'sliders-horizontal', 'feature'),
    ('feature', 9, 'other', 'Other wish', 'Autre souhait', 'circle-dot', 'feature')
$$;

CREATE FUNCTION shipped_states() RETURNS TABLE (flow text, place integer, key text, name text, category text)
LANGUAGE sql IMMUTABLE AS $$
  VALUES
    ('case', 0, 'open', 'Open', 'open'),
    ('case', 1, 'waiting_customer', 'Waiting on customer', 'waiting_customer'),
    ('case', 2, 'waiting_agent', 'Waiting on agent', 'waiting_agent'),
    ('case', 3, 'solved', 'Solved', 'solved'),
    ('case', 4, 'closed', 'Closed', 'closed'),
    ('suggestion', 0, 'new', 'New', 'open'),
    ('suggestion', 1, 'under_review', 'Under review', 'open'),
    ('suggestion', 2, 'accepted', 'Accepted', 'open'),
    ('suggestion', 3, 'rejected', 'Rejected', 'solved'),
    ('suggestion', 4, 'completed', 'Completed', 'solved'),
    ('suggestion', 5, 'closed', 'Closed', 'closed'),
    ('task', 0, 'to_do', 'To do', 'open'),
    ('task', 1, 'under_way', 'Under way', 'open'),
    ('task', 2, 'done', 'Done', 'solved'),
    ('task', 3, 'cancelled', 'Cancelled', 'closed'),
    ('feature', 0, 'proposed', 'Proposed', 'open'),
    ('feature', 1, 'under_review', 'Under review', 'open'),
    ('feature', 2, 'planned', 'Planned', 'open'),
    ('feature', 3, 'under_way', 'Under way', 'open'),
    ('feature', 4, 'completed', 'Completed', 'solved'),
    ('feature', 5, 'rejected', 'Rejected', 'solved'),
    ('feature', 6, 'closed', 'Closed', 'closed')
$$;

CREATE FUNCTION ship_types(of_organisation uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_types (id, organisation_id, kind, key, name, icon, position, enabled)
    SELECT gen_random_uuid(), of_organisation, s.kind, s.key, s.name, s.icon, s.place, s.kind = 'case' AND s.key = 'case'
    FROM shipped_types() s
    WHERE NOT EXISTS (SELECT FROM case_types t WHERE t.organisation_id = of_organisation AND t.kind = s.kind AND t.key = s.key);
  INSERT INTO case_states (id, organisation_id, type_id, key, name, category, position)
    SELECT gen_random_uuid(), of_organisation, t.id, f.key, f.name, f.category, f.place
    FROM case_types t JOIN shipped_types() s ON s.kind = t.kind AND s.key = t.key JOIN shipped_states() f ON f.flow = s.flow
    WHERE t.organisation_id = of_organisation AND NOT EXISTS (SELECT FROM case_states c WHERE c.type_id = t.id);
  UPDATE case_types t
    SET default_state_id = (SELECT id FROM case_states c WHERE c.type_id = t.id ORDER BY position LIMIT 1)
    WHERE organisation_id = of_organisation AND default_state_id IS NULL;
END $$;
SELECT ship_types(id) FROM organisations;
