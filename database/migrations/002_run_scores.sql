-- SPDX-License-Identifier: Apache-2.0
-- The scores a list shows, ready made: of each run, task and metric the one before training, the newest and the best after.
-- Without it a list of 10,000 runs has to rank every evaluation of every run.

CREATE TABLE run_scores (
    run_id           INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    task             TEXT    NOT NULL,
    metric           TEXT    NOT NULL,
    kind             TEXT    NOT NULL CHECK (kind IN ('before', 'last', 'best')),
    value            REAL    NOT NULL,
    low              REAL    NOT NULL,
    high             REAL    NOT NULL,
    hits             INTEGER NOT NULL,
    row_count        INTEGER NOT NULL,
    stage            INTEGER NOT NULL,
    step             INTEGER NOT NULL,
    higher_is_better INTEGER NOT NULL,
    PRIMARY KEY (run_id, task, metric, kind)
) WITHOUT ROWID;

-- The rule in one place: the migration fills the table from it, and so does each ingest for the runs it touched.
CREATE VIEW ranked_scores AS
SELECT run_id, task, metric, kind, value, low, high, hits, row_count, stage, step, higher_is_better
FROM (SELECT *, CASE WHEN stage < 0 THEN 'before' ELSE 'last' END AS kind,
             row_number() OVER (PARTITION BY run_id, task, metric, stage < 0 ORDER BY seq DESC) AS place
      FROM evaluations)
WHERE place = 1
UNION ALL
SELECT run_id, task, metric, 'best', value, low, high, hits, row_count, stage, step, higher_is_better
FROM (SELECT *, row_number() OVER (PARTITION BY run_id, task, metric
                                   ORDER BY CASE WHEN higher_is_better THEN value ELSE -value END DESC,
                                            row_count DESC, seq DESC) AS place
      FROM evaluations WHERE stage >= 0)
WHERE place = 1;

INSERT INTO run_scores SELECT * FROM ranked_scores;
