-- The shared data set, from the tables shared_case and shared_comment, as django-helpdesk keeps it.
-- States: open 1, reopened 2, resolved 3, closed 4.
INSERT INTO helpdesk_ticket (
    id, title, description, queue_id, priority, status, created, modified, submitter_email, assigned_to_id,
    secret_key, resolution, on_hold
)
SELECT n, title, description, unit, priority, state + 1, created, modified, submitter, nullif(handler, 0),
    'key-' || n, CASE WHEN state > 1 THEN 'Åtgärdat enligt rutin.' END, false
FROM shared_case ORDER BY n;

INSERT INTO helpdesk_followup (ticket_id, date, title, comment, public, user_id)
SELECT n, at, 'Kommentar', text, false, author FROM shared_comment ORDER BY n, at;

SELECT setval(pg_get_serial_sequence('helpdesk_ticket', 'id'), (SELECT max(id) FROM helpdesk_ticket));
