-- SPDX-License-Identifier: Apache-2.0
-- What a run learns, for the list: the tasks and files of its sources and of its stages' own sources, each once, a line each.

ALTER TABLE runs ADD COLUMN data TEXT NOT NULL DEFAULT '';

UPDATE runs SET data = coalesce((
    SELECT group_concat(name, char(10))
    FROM (SELECT name, min(place) AS place
          FROM (SELECT CASE WHEN coalesce(json_extract(source.value, '$.task'), '') <> '' THEN json_extract(source.value, '$.task')
                            ELSE coalesce(json_extract(source.value, '$.file'), '') END AS name,
                       source.key AS place
                FROM configurations, json_each(configurations.json, '$.data.sources') AS source
                WHERE configurations.run_id = runs.id AND json_valid(configurations.json)
                UNION ALL
                SELECT CASE WHEN coalesce(json_extract(source.value, '$.task'), '') <> '' THEN json_extract(source.value, '$.task')
                            ELSE coalesce(json_extract(source.value, '$.file'), '') END,
                       1000 * (stage.key + 1) + source.key
                FROM configurations, json_each(configurations.json, '$.stages') AS stage,
                     json_each(stage.value, '$.sources') AS source
                WHERE configurations.run_id = runs.id AND json_valid(configurations.json))
          WHERE name <> ''
          GROUP BY name
          ORDER BY place)), '');
