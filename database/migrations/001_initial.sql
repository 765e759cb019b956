-- SPDX-License-Identifier: Apache-2.0
-- The history as derived from run folders, and a person's edits. Explained in database/SCHEMA.md.
-- Times are Unix milliseconds. run_id is a number of this database only; across databases a run is known by runs.run.

CREATE TABLE machines (
    id           INTEGER PRIMARY KEY,
    host         TEXT    NOT NULL,
    cpu          TEXT    NOT NULL,
    cores        INTEGER NOT NULL,
    memory_bytes INTEGER NOT NULL,
    gpu          TEXT    NOT NULL,
    UNIQUE (host, cpu, cores, memory_bytes, gpu)
);

CREATE TABLE runs (
    id            INTEGER PRIMARY KEY,
    run           TEXT    NOT NULL UNIQUE,
    folder        TEXT    NOT NULL,
    -- from config.json
    name          TEXT    NOT NULL,
    purpose       TEXT    NOT NULL,
    preset        TEXT    NOT NULL,
    model         TEXT    NOT NULL,
    parent_run    TEXT    NOT NULL,
    stage_summary TEXT    NOT NULL,
    rank          INTEGER,
    sparsity      REAL,
    created_ms    INTEGER NOT NULL,
    -- from the events so far
    state         TEXT    NOT NULL DEFAULT 'waiting',
    started_ms    INTEGER,
    finished_ms   INTEGER,
    last_event_ms INTEGER NOT NULL DEFAULT 0,
    duration_ms   INTEGER NOT NULL DEFAULT 0,
    last_stage    INTEGER NOT NULL DEFAULT -1,
    last_step     INTEGER NOT NULL DEFAULT 0,
    last_loss     REAL,
    machine_id    INTEGER REFERENCES machines (id),
    device        TEXT    NOT NULL DEFAULT '',
    threads       INTEGER NOT NULL DEFAULT 0,
    program       TEXT    NOT NULL DEFAULT '',
    error         TEXT    NOT NULL DEFAULT '',
    -- a person's edits
    given_name    TEXT,
    trashed_ms    INTEGER,
    trashed_from  TEXT,
    annotated_ms  INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE configurations (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    json   TEXT    NOT NULL
);

CREATE TABLE stages (
    run_id            INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    stage             INTEGER NOT NULL,
    name              TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    steps             INTEGER NOT NULL DEFAULT 0,
    trainable         INTEGER NOT NULL DEFAULT 0,
    started_ms        INTEGER,
    seconds           REAL,
    a_unchanged       INTEGER,
    base_unchanged    INTEGER,
    outside_mask_zero INTEGER,
    a_hash            TEXT,
    base_hash         TEXT,
    PRIMARY KEY (run_id, stage)
) WITHOUT ROWID;

CREATE TABLE events (
    run_id  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    type    TEXT    NOT NULL,
    json    TEXT    NOT NULL,
    PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
-- Everything but the many: finds a run's plan, notes and life cycle without reading its steps.
CREATE INDEX events_rare ON events (run_id, type) WHERE type NOT IN ('step', 'heartbeat');

CREATE TABLE metric_keys (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
);

CREATE TABLE metrics (
    run_id  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    stage   INTEGER NOT NULL,
    key_id  INTEGER NOT NULL REFERENCES metric_keys (id),
    step    INTEGER NOT NULL,
    value   REAL,
    time_ms INTEGER NOT NULL,
    PRIMARY KEY (run_id, stage, key_id, step)
) WITHOUT ROWID;

CREATE TABLE evaluations (
    id               INTEGER PRIMARY KEY,
    run_id           INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    stage            INTEGER NOT NULL,
    step             INTEGER NOT NULL,
    task             TEXT    NOT NULL,
    metric           TEXT    NOT NULL,
    seq              INTEGER NOT NULL,
    time_ms          INTEGER NOT NULL,
    value            REAL    NOT NULL,
    low              REAL    NOT NULL,
    high             REAL    NOT NULL,
    hits             INTEGER NOT NULL,
    row_count        INTEGER NOT NULL,
    higher_is_better INTEGER NOT NULL,
    items_file       TEXT    NOT NULL,
    UNIQUE (run_id, stage, step, task, metric)
);

CREATE TABLE evaluation_items (
    evaluation_id INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    item          TEXT    NOT NULL,
    prompt        TEXT    NOT NULL,
    expected      TEXT    NOT NULL,
    answer        TEXT    NOT NULL,
    extracted     TEXT    NOT NULL,
    hit           INTEGER NOT NULL,
    PRIMARY KEY (evaluation_id, position)
) WITHOUT ROWID;

CREATE TABLE adapters (
    run_id    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    stage     INTEGER NOT NULL,
    folder    TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    trainable INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    sha256    TEXT    NOT NULL,
    PRIMARY KEY (run_id, stage, folder)
) WITHOUT ROWID;

CREATE TABLE masks (
    run_id    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    stage     INTEGER NOT NULL,
    file      TEXT    NOT NULL,
    sparsity  REAL    NOT NULL,
    scope     TEXT    NOT NULL,
    rule      TEXT    NOT NULL,
    kept      INTEGER NOT NULL,
    total     INTEGER NOT NULL,
    threshold REAL,
    PRIMARY KEY (run_id, stage, file)
) WITHOUT ROWID;

CREATE TABLE notes (
    run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    text   TEXT    NOT NULL
);

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
);

CREATE TABLE run_tags (
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (run_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX run_tags_by_tag ON run_tags (tag_id);

-- How far each events.jsonl was read; tail holds the last bytes before that point, to notice a replaced file.
CREATE TABLE ingest_state (
    run_id        INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    bytes         INTEGER NOT NULL,
    tail          BLOB    NOT NULL,
    last_seq      INTEGER NOT NULL,
    skipped_lines INTEGER NOT NULL
);
