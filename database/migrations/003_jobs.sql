-- SPDX-License-Identifier: Apache-2.0
-- Jobs of every kind beside the trainings, what they made, and the queue. Explained in database/SCHEMA.md.

-- A folder of home/jobs. The last four columns say how far its events.jsonl was read, as ingest_state does for a run.
CREATE TABLE jobs (
    id            TEXT    NOT NULL PRIMARY KEY,
    folder        TEXT    NOT NULL,
    -- from job.json
    kind          TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    options       TEXT    NOT NULL,
    created_ms    INTEGER NOT NULL,
    -- from the events so far, and result.json once they say finished
    state         TEXT    NOT NULL DEFAULT 'waiting',
    result        TEXT    NOT NULL DEFAULT '',
    error         TEXT    NOT NULL DEFAULT '',
    started_ms    INTEGER,
    finished_ms   INTEGER,
    last_event_ms INTEGER NOT NULL DEFAULT 0,
    duration_ms   INTEGER NOT NULL DEFAULT 0,
    bytes         INTEGER NOT NULL DEFAULT 0,
    tail          BLOB    NOT NULL DEFAULT x'',
    last_seq      INTEGER NOT NULL DEFAULT 0,
    skipped_lines INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE job_artifacts (
    job_id      TEXT    NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    path        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    bytes       INTEGER NOT NULL,
    parents     TEXT    NOT NULL,
    created_ms  INTEGER NOT NULL,
    PRIMARY KEY (job_id, path)
) WITHOUT ROWID;

-- Everything that other jobs may use, whoever made it. Of a training: its adapters come from the base, the data and the adapter or
-- mask files it read and from its adapter of the stage before; its masks from the adapter of the stage before.
-- The condition on type that looks needless is that of the index events_rare.
CREATE VIEW artifacts AS
SELECT job_artifacts.kind AS kind, path, folder, fingerprint, job_artifacts.bytes AS bytes, job_id AS job, NULL AS run,
       job_artifacts.created_ms AS created_ms, parents
FROM job_artifacts JOIN jobs ON jobs.id = job_id
UNION ALL
SELECT 'adapter', adapters.folder, runs.folder, sha256, bytes, NULL, run,
       coalesce((SELECT max(time_ms) FROM events
                 WHERE events.run_id = adapters.run_id AND type = 'adapter' AND type NOT IN ('step', 'heartbeat')
                   AND json_extract(json, '$.folder') = adapters.folder), 0),
       (SELECT json_group_array(print)
        FROM (SELECT json_extract(json, '$.baseFingerprint') AS print FROM events
              WHERE events.run_id = adapters.run_id AND type = 'plan' AND type NOT IN ('step', 'heartbeat')
              UNION
              SELECT json_extract(file.value, '$.sha256') FROM events, json_each(events.json, '$.files') AS file
              WHERE events.run_id = adapters.run_id AND events.type = 'inputs' AND events.type NOT IN ('step', 'heartbeat')
                AND json_extract(file.value, '$.what') IN ('data', 'task', 'adapter', 'mask')
              UNION
              SELECT * FROM (SELECT before.sha256 FROM adapters AS before
                             WHERE before.run_id = adapters.run_id AND before.stage < adapters.stage
                             ORDER BY before.stage DESC, before.folder LIMIT 1)
              ORDER BY print)
        WHERE print <> '')
FROM adapters JOIN runs ON runs.id = run_id
UNION ALL
SELECT 'mask', file, runs.folder, '', NULL, NULL, run,
       coalesce((SELECT max(time_ms) FROM events
                 WHERE events.run_id = masks.run_id AND type = 'mask' AND type NOT IN ('step', 'heartbeat')
                   AND json_extract(json, '$.file') = file), 0),
       (SELECT json_group_array(sha256)
        FROM (SELECT before.sha256 FROM adapters AS before WHERE before.run_id = masks.run_id AND before.stage < masks.stage
              ORDER BY before.stage DESC, before.folder LIMIT 1)
        WHERE sha256 <> '')
FROM masks JOIN runs ON runs.id = run_id;

-- A person's order of work, also kept in queue.json beside the database.
CREATE TABLE queue (
    folder            TEXT    NOT NULL PRIMARY KEY,
    job               TEXT    NOT NULL,
    position          INTEGER NOT NULL,
    state             TEXT    NOT NULL CHECK (state IN ('waiting', 'working', 'done', 'failed')),
    continue_on_error INTEGER NOT NULL,
    start_at_ms       INTEGER NOT NULL,
    added_ms          INTEGER NOT NULL,
    attempts          INTEGER NOT NULL,
    began_bytes       INTEGER NOT NULL,
    error             TEXT    NOT NULL
);
-- One row, or none as long as this database has not taken over queue.json.
CREATE TABLE queue_state (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    paused   INTEGER NOT NULL,
    revision INTEGER NOT NULL
);
