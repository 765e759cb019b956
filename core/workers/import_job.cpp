// SPDX-License-Identifier: Apache-2.0
#include "core/workers/import_job.h"

#include "core/support/files.h"
#include "core/support/sha256.h"
#include "core/workers/data_report.h"

namespace lori::workers {

namespace {

/// A row as JSON lines hold it. Turns go into a system text and a history, so that reading it again gives the same row.
nlohmann::ordered_json importedRow(const tasks::Row& row)
{
    nlohmann::ordered_json written{{"instruction", row.instruction}, {"input", row.input}, {"output", row.output}};
    std::size_t next = 0;
    if (!row.context.empty() && row.context.front().role == "system") {
        written["system"] = row.context[next++].content;
    }
    for (; next + 1 < row.context.size(); next += 2) {
        written["history"].push_back({row.context[next].content, row.context[next + 1].content});
    }
    return written;
}

} // namespace

ImportJob::ImportJob(const Home& /*home*/, ImportOptions options) : m_options(std::move(options))
{
    if (m_options.file.empty() == m_options.task.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --file and --task is needed",
                        "name a file or a starter task");
    }
    if (m_options.out.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "where the rows go is not said", "name a file", "out");
    }
}

jobs::JobPlan ImportJob::plan()
{
    if (!m_options.file.empty() && !std::filesystem::exists(m_options.file)) {
        const experiment::ColumnMapping none;
        static_cast<void>(tasks::readDataFile(m_options.file, none, tasks::BadRows::Refuse).value()); // says so
    }
    return {.what = "reads " + (m_options.file.empty() ? "the task " + m_options.task : m_options.file),
            .writes = {m_options.out}};
}

jobs::JobResult ImportJob::work(jobs::JobContext& context)
{
    const ImportOptions& o = m_options;
    context.progress("reading", 0, 2);
    tasks::DataFile data;
    if (o.file.empty()) {
        data.rows = tasks::loadTrainingRows(o.task).value();
    } else {
        const experiment::ColumnMapping columns{o.instruction, o.input, o.output, o.system, o.history, o.messages};
        data = tasks::readDataFile(o.file, columns, o.skipBad ? tasks::BadRows::Skip : tasks::BadRows::Refuse).value();
    }
    context.progress("writing", 1, 2);
    std::string text;
    for (const tasks::Row& row : data.rows) {
        text += importedRow(row).dump() + "\n";
    }
    writeFileAtomically(o.out, text).value();
    context.madeArtifact("dataset", o.out, sha256Hex(text), static_cast<std::int64_t>(text.size()), {});
    jobs::JobResult result;
    result.json = {{"rows", data.rows.size()}, {"problems", problemsJson(data)}, {"notes", notesJson(data)}, {"file", o.out}};
    result.text = std::to_string(data.rows.size()) + " rows written to " + o.out + ", " + std::to_string(data.problems.size()) +
                  " skipped\n" + remarks(data);
    return result;
}

} // namespace lori::workers
