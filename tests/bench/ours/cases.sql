-- The shared data set, from the tables shared_case and shared_comment, as this program keeps it. Run as superuser:
-- triggers and foreign keys rest meanwhile, and what the audit triggers would have written is written here in bulk.
SET session_replication_role = replica;
SET work_mem = '256MB';

-- A nämnd, a förvaltning, three avdelningar and 20 enheter.
INSERT INTO organisation_unit (id, name, level, parent_id, path, link_secret, link_open)
SELECT id, name, level, parent, path, md5(random()::text), true
FROM (
    SELECT 1, 'Socialnämnden', 'namnd', NULL::bigint, '1.'
    UNION ALL SELECT 2, 'Socialförvaltningen', 'administration', 1, '1.2.'
    UNION ALL SELECT 2 + b, 'Avdelning ' || b, 'branch', 2, '1.2.' || 2 + b || '.' FROM generate_series(1, 3) b
    UNION ALL SELECT 100 + u, 'Enhet ' || u, 'unit', 3 + u % 3, '1.2.' || 3 + u % 3 || '.' || 100 + u || '.'
        FROM generate_series(1, 20) u
) AS tree (id, name, level, parent, path);

-- Four SAS, who log in; ten who handle cases; a chief per enhet; a director; and at each enhet thirty who report.
CREATE TEMPORARY TABLE people AS
SELECT row_number() OVER (ORDER BY rank, n) AS id, * FROM (
    SELECT 1, n, 'bench' || n || '@kommun.example', 'Handläggare SAS ' || n, 100 + n, 'sas', 2 FROM generate_series(1, 4) n
    UNION ALL SELECT 2, n, 'utredare' || n || '@kommun.example', 'Utredare ' || n, 100 + n, '', 0 FROM generate_series(1, 10) n
    UNION ALL SELECT 3, n, 'chef' || n || '@kommun.example', 'Chef ' || n, 100 + n, 'chief', 100 + n FROM generate_series(1, 20) n
    UNION ALL SELECT 4, 1, 'direktor@kommun.example', 'Direktör', 2, 'director', 2
    UNION ALL SELECT 5, 30 * u + k, 'person' || 30 * u + k || '@kommun.example',
        initcap((array['anna', 'bo', 'cecilia', 'david', 'eva', 'fredrik'])[1 + k % 6]) || ' '
            || (array['Ekdal', 'Björkdal', 'Lindal', 'Askdal', 'Hasseldal'])[1 + k / 6] || 'er' || u, 100 + u, '', 0
        FROM generate_series(1, 20) u, generate_series(0, 29) k
) AS everybody (rank, n, email, name, home, role, held_at);
INSERT INTO organisation_person (id, password, email, name, title, home_unit_id, is_active)
SELECT id, '!', email, name, '', home, true FROM people;
INSERT INTO organisation_assignment (person_id, unit_id, role, basis, valid_from, created_at)
SELECT id, held_at, role, 'ordinary', '2021-01-01', '2021-01-01' FROM people WHERE role <> '';

INSERT INTO organisation_category (lagrum, "group", name, valid_from)
SELECT 'SOL_LSS', 'Jämförelse', 'Kategori ' || c, '2021-01-01' FROM generate_series(1, 8) c;

-- The cases, their indexes made afterwards in one go. Category 8 is health care alone, which a SAS does not see.
CREATE TEMPORARY TABLE dropped AS
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index WHERE indrelid = 'cases_case'::regclass AND NOT indisunique;
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT name FROM dropped LOOP EXECUTE 'DROP INDEX ' || one; END LOOP;
END $$;

CREATE TEMPORARY TABLE numbered AS
SELECT *, format('AVV-%s-%s', year, lpad(number::text, greatest(4, length(number::text)), '0')) AS reference
FROM (SELECT s.*, p.id AS reporter, 4 + nullif(s.handler, 0) AS investigator, extract(year FROM s.created)::int AS year,
    row_number() OVER (PARTITION BY extract(year FROM s.created) ORDER BY s.n) AS number,
    CASE s.state WHEN 0 THEN 'received' WHEN 1 THEN CASE WHEN s.n % 2 = 0 THEN 'investigating' ELSE 'acting' END
        WHEN 2 THEN 'following_up' ELSE 'closed' END AS stands
FROM shared_case s JOIN people p ON p.rank = 5 AND p.n = 30 * s.unit + s.n % 30) AS kept;

INSERT INTO cases_case (
    id, reference, kind, sort, state, unit_id, title, what_happened, tense, occurred_on, occurred_part, affected,
    received_at, received_on, reporter_id, reporter_typed, reporter_hidden, receipt_hash, under_sol_lss, under_hsl,
    category_id, risk, handler_id, state_before, sealed, version
)
SELECT n, reference, 'AVV', '', stands, 100 + unit, title, description,
    'happened', created::date, 'day', 'one', created, created::date, reporter, '', false, '', category <> 8, category = 8,
    CASE WHEN state > 0 THEN (SELECT id FROM organisation_category WHERE name = 'Kategori ' || category) END,
    CASE WHEN state > 0 THEN priority END, investigator, '', false, state + 1
FROM numbered ORDER BY n;
INSERT INTO cases_numberseries (kind, year, last) SELECT 'AVV', year, max(number) FROM numbered GROUP BY year;

INSERT INTO cases_report (
    case_id, consequences, child, done_at_once, routine, routine_note, suggestion, often, other_principal,
    serious, abuse, misconduct, care_harm, routine_followed, other_principal_note
)
SELECT n, 'Otrygghet och försenad insats.', 'no', 'Kontaktade anhörig.', 'yes', '', '', 'unknown', '',
    'unknown', false, false, false, 'unknown', '' FROM numbered ORDER BY n;

INSERT INTO cases_assessment (case_id, lagrum, severity, likelihood, professional, assessed_by_id, assessed_at)
SELECT n, CASE category WHEN 8 THEN 'HSL' ELSE 'SOL_LSS' END, 1, least(priority, 4), '', investigator, created
FROM numbered WHERE state > 0 ORDER BY n;

INSERT INTO cases_part (case_id, person_id, role, valid_from)
SELECT n, investigator, 'investigator', created::date FROM numbered WHERE state > 0 ORDER BY n;

INSERT INTO cases_clock (case_id, rule, rule_version, started_on, due_on, met_at)
SELECT n, 'assessment', 1, created::date, created::date + 7, CASE WHEN state > 0 THEN created + interval '2 days' END
FROM numbered ORDER BY n;
INSERT INTO cases_clock (case_id, rule, rule_version, started_on, due_on, met_at)
SELECT n, 'investigation', 1, created::date, created::date + 30, CASE WHEN stands <> 'investigating' THEN modified END
FROM numbered WHERE state > 0 ORDER BY n;

-- The comments are the dialogue; each gives a line in the history, as every step that the case has taken.
INSERT INTO cases_message (case_id, author_id, from_reporter, text, at)
SELECT n, 4 + author, false, text, at FROM shared_comment ORDER BY n, at;
INSERT INTO cases_caseevent (case_id, what, actor_id, actor_name, at, from_state, to_state, facts, announced_at)
SELECT n, what, person, name, at, earlier, later, jsonb_build_object('sentence', sentence, 'rows', '[]'::jsonb), at
FROM (
    SELECT n, 'receive', reporter, created, '', 'received', 'skickade in rapporten' FROM numbered
    UNION ALL SELECT n, 'assess', investigator, created, 'received', 'investigating', 'bedömde rapporten'
        FROM numbered WHERE state > 0
    UNION ALL SELECT n, 'conclude', investigator, modified, 'investigating', 'acting', 'avslutade utredningen'
        FROM numbered WHERE stands IN ('acting', 'following_up', 'closed')
    UNION ALL SELECT n, 'follow_up', investigator, modified, 'acting', 'following_up', 'började följa upp'
        FROM numbered WHERE state > 1
    UNION ALL SELECT n, 'close', investigator, modified, 'following_up', 'closed', 'avslutade ärendet'
        FROM numbered WHERE state > 2
    UNION ALL SELECT n, 'message', 4 + author, at, '', '', 'skrev ett meddelande' FROM shared_comment
) AS story (n, what, person, at, earlier, later, sentence)
JOIN (SELECT id, name FROM people) AS named ON named.id = person
ORDER BY n, at;

INSERT INTO deviations_investigation (
    case_id, what_happened, consequences, consequences_left_out, child_perspective, before, before_note, again, again_note,
    analysis, started_at, concluded_by_id, concluded_at
)
SELECT n, 'Rutinen följdes inte.', 'Försenad insats.', '', '', 'no', '', 'no', '', '', created, investigator,
    CASE WHEN stands <> 'investigating' THEN modified END
FROM numbered WHERE state > 0 ORDER BY n;
INSERT INTO measures_cause (id, case_id, area, text, no_measure_reason, added_by_id, added_at)
SELECT n, n, 'processes', 'Rutinen var inte känd.', '', investigator, created
FROM numbered WHERE stands IN ('acting', 'following_up', 'closed') ORDER BY n;
INSERT INTO measures_measure (
    cause_id, text, strength, owner_id, due_on, sign, decision, decision_comment, done_on, done_note, dropped_reason, effect,
    effect_note, added_by_id, added_at
)
SELECT n, 'Gå igenom rutinen på arbetsplatsträffen.', 'weak', investigator, modified::date, 'Inga nya händelser.', 'approved',
    '', CASE WHEN state > 1 THEN modified::date END, '', '', CASE WHEN state > 2 THEN 'yes' ELSE '' END,
    CASE WHEN state > 2 THEN 'Inget nytt på tre månader.' ELSE '' END, investigator, created
FROM numbered WHERE stands IN ('acting', 'following_up', 'closed') ORDER BY n;
INSERT INTO cases_answer (case_id, text, why_not, answered_by_id, answered_at)
SELECT n, 'Tack för att du berättade. Rutinen är genomgången.', '', investigator, modified
FROM numbered WHERE state > 2 ORDER BY n;

-- The audit's own rows: the case came, and somebody has read it.
INSERT INTO audit_auditentry (at, actor, role, action, object_table, object_id, reference, context, after)
SELECT created, 'person:' || reporter, '', 'insert', 'cases_case', n, '', '{}'::jsonb, jsonb_build_object('title', title)
FROM numbered
UNION ALL
SELECT modified, 'person:' || coalesce(investigator, reporter), '', 'read', 'cases_case', n,
    reference, '{}'::jsonb, NULL
FROM numbered;

DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT definition FROM dropped LOOP EXECUTE one; END LOOP;
    -- ids were given above, so the sequences are moved behind them
    FOR one IN
        SELECT format('SELECT setval(%L, (SELECT coalesce(max(id), 1) FROM %I))', pg_get_serial_sequence(t, 'id'), t)
        FROM unnest('{organisation_unit,organisation_person,cases_case,measures_cause}'::text[]) t
    LOOP EXECUTE one; END LOOP;
END $$;
RESET session_replication_role;
