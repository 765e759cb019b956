// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_bundle.h"

#include "app/lori/interrupts.h"
#include "app/lori/progress_line.h"
#include "database/bundle_exchange.h"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <iostream>
#include <sstream>

namespace lori::app {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr double kMegabyte = 1e6;

/// Draws the progress, and ends when somebody interrupts.
bundles::Progress progressOn(ProgressLine& line, const char* what)
{
    const int interrupts = interruptDescriptor();
    return {[&line, what](std::uint64_t done, std::uint64_t total) {
                line.show(what, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), -1);
            },
            [interrupts] {
                return takeInterrupts(interrupts) > 0;
            }};
}

std::string megabytes(std::uint64_t bytes)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << static_cast<double>(bytes) / kMegabyte << " MB";
    return text.str();
}

const char* outcomeName(bundles::Outcome outcome)
{
    switch (outcome) {
    case bundles::Outcome::Added:
        return "added";
    case bundles::Outcome::AddedRenamed:
        return "renamed";
    case bundles::Outcome::AlreadyThere:
        break;
    }
    return "there";
}

std::string outcomeText(const bundles::Arrival& arrival, const Home& home)
{
    switch (arrival.outcome) {
    case bundles::Outcome::Added:
        return "added";
    case bundles::Outcome::AddedRenamed:
        return "added as " + arrival.idHere() + ", because there is another " + (arrival.isRun ? "run" : "job") + " of its name";
    case bundles::Outcome::AlreadyThere:
        break;
    }
    return arrival.folder.parent_path() == home.trash() ? "is there already, in the trash" : "is there already, the same";
}

} // namespace

bool isBundle(const std::string& path)
{
    std::error_code ignored;
    return fs::path(path).extension() == ".lori" || fs::is_regular_file(path, ignored);
}

int exportRuns(const HistoryOptions& options, const database::History& history, std::ostream& out)
{
    fs::path file = options.to;
    if (file.extension() != ".lori") {
        file += ".lori";
    }
    ProgressLine line;
    const bundles::Written written =
        database::exportBundle(history, file, options.runs, {.withAdapters = options.withAdapters, .replace = options.overwrite},
                               progressOn(line, "Export"))
            .value();
    line.clear();
    if (options.json) {
        out << json{{"file", file.string()},
                    {"entries", written.entries},
                    {"files", written.files},
                    {"bytes", written.bytes},
                    {"fileBytes", written.fileBytes}}
                   .dump(2, ' ', false, json::error_handler_t::replace)
            << "\n";
        return 0;
    }
    out << file.string() << ": " << written.entries << (written.entries == 1 ? " run or job, " : " runs and jobs, ")
        << written.files << " files, " << megabytes(written.bytes) << " in " << megabytes(written.fileBytes) << "\n";
    return 0;
}

int importRunsFromBundle(const HistoryOptions& options, const database::History& history, const Home& home, std::ostream& out,
                         std::ostream& err)
{
    ProgressLine line;
    const database::BundleImported imported =
        database::importBundle(history, home, options.folder, progressOn(line, "Import")).value();
    line.clear();
    for (const database::IngestProblem& problem : imported.problems) {
        err << "lori: " << problem.error.sentence() << "\n";
    }
    json entries = json::array();
    for (const bundles::Arrival& arrival : imported.arrivals) {
        entries.push_back({{"type", arrival.isRun ? "run" : "job"},
                           {"id", arrival.id},
                           {"idHere", arrival.idHere()},
                           {"outcome", outcomeName(arrival.outcome)},
                           {"folder", arrival.folder.string()}});
        if (!options.json) {
            out << arrival.id << ": " << outcomeText(arrival, home) << "\n";
        }
    }
    if (options.json) {
        out << json{{"entries", std::move(entries)}, {"problems", imported.problems.size()}}.dump(2, ' ', false,
                                                                                                  json::error_handler_t::replace)
            << "\n";
    }
    return imported.problems.empty() ? 0 : 1;
}

} // namespace lori::app
