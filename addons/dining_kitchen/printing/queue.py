"""The print jobs as SQL: each step one statement that guards itself.

A step is only taken by whoever holds the lease (`lease_token` is the fence). Times are the database's own,
so a clock that jumps elsewhere changes nothing; where the database's clock itself is set back, what would
lie too far ahead counts as due.

`leased`: somebody has the job and has sent nothing. `sent`: bytes may be out; a job that is taken over from
there is marked possibly printed.
"""

# ruff: noqa: S608 - the statements are put together from constants of this file; values are parameters

#: PostgreSQL channel on which workers and agents hear of new jobs; the payload names printers.
CHANNEL = "dining_print"
LISTEN = f"LISTEN {CHANNEL}"
#: Whoever says nothing for so long has died. Deliveries may take longer: leases are renewed.
LEASE_SECONDS = 30
#: A job that could not be printed for so long is given to a person.
GIVE_UP_MINUTES = 30
#: A printer that nothing waits for is asked how it is when its last answer is older than this.
IDLE_SECONDS = 30
#: The kitchen wants its tickets soon after somebody has put paper in.
LONGEST_WAIT_SECONDS = 15
#: Class of the advisory locks by which the database itself knows that a worker has died.
HOLDER_CLASS = 1_145_656_401
#: Class of those that count the agents which wait for jobs.
WAITING_CLASS = 1_145_656_402
#: Class of those on idle printers that somebody asks just now.
ASKING_CLASS = 1_145_656_403

_CLOCK = """
clock AS (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now),
locks AS MATERIALIZED (SELECT classid, objid::bigint AS id, pid FROM pg_locks
                        WHERE locktype = 'advisory' AND classid IN (%(holder_class)s, %(asking_class)s)
                          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())),
alive AS (SELECT id AS holder FROM locks WHERE classid = %(holder_class)s)
"""
_SECONDS_LEFT = """
CASE job.state
WHEN 'queued' THEN
    CASE WHEN job.attempts = 0 OR job.next_try_at IS NULL
           OR job.next_try_at > clock.now + (%(longest)s + 1) * interval '1 second' THEN 0
    ELSE extract(epoch FROM job.next_try_at - clock.now) END
ELSE
    CASE WHEN job.lease_until > clock.now + 2 * %(lease)s * interval '1 second'
           OR job.lease_holder IS NOT NULL AND job.lease_holder NOT IN (SELECT holder FROM alive) THEN 0
    ELSE extract(epoch FROM job.lease_until - clock.now) END
END
"""
#: What an engine has in hand it must not take over from itself; what it gave back is anybody's.
_FREE = "(job.state = 'queued' OR job.id != ALL(%(holding)s))"
_OURS = "printer.active AND printer.agent_id IS NOT DISTINCT FROM %(agent_id)s"

#: A printer that another process asks how it is would take no second connection; that process gets the job, at once.
_UNASKED = """
NOT EXISTS (SELECT 1 FROM locks WHERE classid = %(asking_class)s AND locks.id = job.printer_id
                                  AND pid IS DISTINCT FROM %(asker)s)
"""

#: How a printer is reached, as `diancan_agent.drivers` takes it.
_ADDRESS = """
jsonb_build_object('driver', printer.driver, 'host', printer.host, 'port', printer.port,
    'device', printer.serial_device, 'baud_rate', printer.baud_rate, 'usb_id', printer.usb_id,
    'url', printer.cloud_url, 'user', printer.cloud_user, 'key', printer.cloud_key,
    'serial_number', printer.cloud_serial, 'speaks', coalesce(printer.speaks, false))
"""

# The printer's oldest job goes first and the others wait for it: paper comes out in the order of the work.
CLAIM = f"""
WITH {_CLOCK},
     head AS (SELECT min(id) AS id FROM dining_print_job
               WHERE printer_id = %(printer_id)s AND state IN ('queued', 'leased', 'sent')),
     due AS (SELECT job.id, job.state FROM dining_print_job job, head, clock
              WHERE job.id = head.id AND job.state IN ('queued', 'leased', 'sent') AND {_FREE}
                AND {_SECONDS_LEFT} <= 0 AND {_UNASKED}
                FOR UPDATE OF job SKIP LOCKED)
UPDATE dining_print_job job
   SET state = 'leased', lease_token = %(token)s, lease_holder = %(holder)s, attempts = job.attempts + 1,
       lease_until = clock.now + %(lease)s * interval '1 second',
       first_try_at = coalesce(job.first_try_at, clock.now),
       possibly_printed = coalesce(job.possibly_printed, false) OR due.state = 'sent'
  FROM dining_printer printer, due, clock
 WHERE job.id = due.id AND printer.id = job.printer_id AND {_OURS}
RETURNING job.id, job.printer_id, job.lease_token AS token, job.attempts, job.reprint, job.reason, job.possibly_printed,
          (SELECT name FROM dining_printer WHERE id = job.moved_from_id) AS meant_for,
          printer.driver, printer.paper_width,
          {_ADDRESS} AS address,
          coalesce(job.layout, (SELECT layout FROM dining_ticket WHERE id = job.ticket_id)) AS layout,
          job.first_try_at < clock.now - %(give_up)s * interval '1 minute' AS expired
"""
WAITS = f"""
WITH {_CLOCK}
SELECT job.printer_id, greatest({_SECONDS_LEFT}, 0)::float
  FROM clock, dining_print_job job
  JOIN dining_printer printer ON printer.id = job.printer_id AND {_OURS}
 WHERE job.id IN (SELECT min(id) FROM dining_print_job WHERE state IN ('queued', 'leased', 'sent') GROUP BY printer_id)
   AND {_FREE}
"""
RENEW = """
UPDATE dining_print_job job
   SET lease_until = clock_timestamp() AT TIME ZONE 'UTC' + %(lease)s * interval '1 second'
  FROM unnest(%(ids)s, %(tokens)s) AS held (id, token)
 WHERE job.id = held.id AND job.lease_token = held.token AND job.state IN ('leased', 'sent')
"""
_HELD = "id = %(id)s AND lease_token = %(token)s"
SENT = f"""
UPDATE dining_print_job SET state = 'sent', sent_at = clock_timestamp() AT TIME ZONE 'UTC',
       lease_until = clock_timestamp() AT TIME ZONE 'UTC' + %(lease)s * interval '1 second'
 WHERE {_HELD} AND state IN ('leased', 'sent')
"""
DONE = f"""
UPDATE dining_print_job
   SET state = 'done', done_at = coalesce(done_at, clock_timestamp() AT TIME ZONE 'UTC'), lease_until = NULL,
       error = %(answer)s, error_detail = NULL
 WHERE {_HELD} AND state IN ('leased', 'sent', 'done')
RETURNING printer_id, (SELECT order_id FROM dining_ticket WHERE id = ticket_id)
"""
#: One acknowledgement for each firing, however often its ticket is printed. What went to another line before the paper
#: came is acknowledged there: its move names the same ticket. Moves count from -1, beside the firings.
PRINTED = """
WITH share AS (
    SELECT e.line_uuid, max(e.id) AS last_id, coalesce(min(e.sequence) FILTER (WHERE e.kind = 'fired'),
                                                       -min(e.sequence)) AS sequence,
           sum(e.quantity - sign(e.quantity) * coalesce((e.carried->>'printed')::float, 0)) AS quantity
      FROM dining_dish_event e
      JOIN dining_print_job job ON job.ticket_id = e.ticket_id
     WHERE job.id = %s AND e.kind IN ('fired', 'moved')
     GROUP BY e.line_uuid)
INSERT INTO dining_dish_event (at, kind, source, config_id, company_id, order_id, round_id, station_id, ticket_id,
                               line_uuid, origin_uuid, line_id, sequence, dish_id, product_id, quantity)
SELECT clock_timestamp() AT TIME ZONE 'UTC', 'printed', 'printer', e.config_id, e.company_id, e.order_id, e.round_id,
       e.station_id, e.ticket_id, e.line_uuid, e.origin_uuid, e.line_id, share.sequence, e.dish_id, e.product_id,
       share.quantity
  FROM share
  JOIN dining_dish_event e ON e.id = share.last_id
 WHERE share.quantity > 0
    ON CONFLICT (line_uuid, kind, sequence) DO NOTHING
"""
#: The token goes, so that a late step of the same lease is refused.
RETRY = f"""
UPDATE dining_print_job
   SET state = 'queued', lease_until = NULL, lease_token = NULL, error = %(answer)s, error_detail = %(detail)s,
       possibly_printed = coalesce(possibly_printed, false) OR %(maybe_printed)s,
       next_try_at = clock_timestamp() AT TIME ZONE 'UTC'
                     + least(2 ^ least(attempts, 10), %(longest)s) * interval '1 second'
 WHERE {_HELD} AND state IN ('leased', 'sent')
RETURNING printer_id
"""
FAIL = f"""
UPDATE dining_print_job
   SET state = 'failed', lease_until = NULL, lease_token = NULL, error = %(answer)s, error_detail = %(detail)s
 WHERE {_HELD} AND state IN ('leased', 'sent')
RETURNING printer_id
"""
ANSWERED = """
UPDATE dining_printer SET last_answer = %(answer)s, last_answer_at = clock_timestamp() AT TIME ZONE 'UTC',
       failures = CASE WHEN %(answer)s IN ('ok', 'paper_low', 'silent') THEN 0 ELSE coalesce(failures, 0) + 1 END,
       speaks = coalesce(speaks, false) OR %(answer)s IN ('ok', 'paper_low')
 WHERE id = %(printer_id)s
"""
#: A printer that failed too often gives all that waits for it to its backup.
MOVE = """
UPDATE dining_print_job job
   SET printer_id = backup.id, moved_from_id = coalesce(job.moved_from_id, printer.id),
       next_try_at = clock_timestamp() AT TIME ZONE 'UTC'
  FROM dining_printer printer
  JOIN dining_printer backup ON backup.id = printer.backup_id AND backup.active
 WHERE printer.id = %(printer_id)s AND printer.failures >= greatest(printer.tries, 1)
   AND job.printer_id = printer.id AND job.state = 'queued'
RETURNING backup.id
"""
#: An engine that starts holds nothing: what it held before its end is free at once.
LET_GO = """
UPDATE dining_print_job job SET lease_until = clock_timestamp() AT TIME ZONE 'UTC' - interval '1 second'
  FROM dining_printer printer
 WHERE printer.id = job.printer_id AND printer.agent_id = %(agent_id)s AND job.state IN ('leased', 'sent')
"""
_PENDING = """
EXISTS (SELECT 1 FROM dining_print_job WHERE printer_id = printer.id AND state IN ('queued', 'leased', 'sent'))
"""
#: Printers that may be asked how they are: nothing waits for them, and what they last said is not new.
IDLE = f"""
SELECT printer.id, {_ADDRESS} AS address
  FROM dining_printer printer, (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now) clock
 WHERE {_OURS} AND printer.driver != 'cloud' AND NOT {_PENDING}
   AND NOT coalesce(printer.last_answer_at BETWEEN clock.now - %(idle)s * interval '1 second' AND clock.now, false)
"""
HOLD, LET_ASKED_GO = "SELECT pg_try_advisory_lock(%s, %s)", "SELECT pg_advisory_unlock(%s, %s)"
IS_IDLE = f"SELECT 1 FROM dining_printer printer WHERE printer.id = %(printer_id)s AND {_OURS} AND NOT {_PENDING}"
#: What an idle printer says moves no ticket to its backup: only failed tickets count as failures.
SEEN = f"""
UPDATE dining_printer printer SET last_answer = %(answer)s, last_answer_at = clock_timestamp() AT TIME ZONE 'UTC',
       failures = CASE WHEN %(answer)s IN ('ready', 'paper_low') THEN 0 ELSE failures END,
       speaks = coalesce(speaks, false) OR %(answer)s IN ('ready', 'paper_low')
 WHERE printer.id = %(printer_id)s AND {_OURS} AND NOT {_PENDING}
"""
TELL_PHONES = "UPDATE dining_table_session SET revision = coalesce(revision, 0) + 1 WHERE order_id = %s"


def acknowledge(cr, job_id: int) -> None:
    """Write into the log that the dishes on a job's ticket are on paper."""
    cr.execute(PRINTED, (job_id,))
