// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_command.h"
#include "core/jobs/job_life.h"

#include "app/lori/command.h"
#include "app/lori/history_bundle.h"
#include "app/lori/history_compare.h"
#include "app/lori/history_jobs.h"
#include "app/lori/history_text.h"
#include "database/check.h"
#include "database/ingest.h"
#include "database/job_repository.h"
#include "database/run_json.h"
#include "database/run_repository.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace lori::app {

using namespace lori::database;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// "2 % → 95 % (88–98)"
std::string change(const ScoreSummary& score)
{
    std::string text = score.before ? number("%.0f %%", 100 * score.before->value) : "–";
    if (score.last) {
        text += " → " + number("%.0f %%", 100 * score.last->value) + " (" + number("%.0f", 100 * score.last->low) + "–" +
                number("%.0f", 100 * score.last->high) + ")";
    }
    return text;
}

std::string scoresText(const RunSummary& run)
{
    std::string text;
    for (const ScoreSummary& score : run.scores) {
        text += (text.empty() ? "" : ", ") + score.metric + " " + change(score);
    }
    return text;
}

int list(const HistoryOptions& options, const History& history, std::ostream& out)
{
    RunQuery query;
    query.text = options.text;
    query.trash = options.trash ? TrashFilter::OnlyTrash : TrashFilter::WithoutTrash;
    const std::vector<RunSummary> runs = RunRepository(history).list(query).value();
    if (options.json) {
        json document{{"runs", json::array()}};
        for (const RunSummary& run : runs) {
            document["runs"].push_back(toJson(run));
        }
        out << document.dump(2, ' ', false, json::error_handler_t::replace) << "\n";
        return 0;
    }
    if (runs.empty()) {
        out << (options.text.empty() ? "The history is empty.\n" : "No run fits.\n");
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"RUN", "NAME", "STATE", "CREATED", "TIME", "LOSS", "SCORES"}};
    for (const RunSummary& run : runs) {
        rows.push_back({run.id, run.name, std::string(jobs::jobStateName(run.state)), localTime(run.createdMs),
                        duration(run.durationMs), run.lastLoss ? number("%.4g", *run.lastLoss) : "–", scoresText(run)});
    }
    writeTable(rows, out);
    return 0;
}

void writeStages(const RunDetail& detail, std::ostream& out)
{
    for (const StageRow& stage : detail.stages) {
        out << "  stage " << stage.stage << "  " << stage.name << "  " << stage.steps << " steps, " << stage.trainable
            << " trainable";
        if (stage.seconds) {
            out << ", " << duration(static_cast<std::int64_t>(*stage.seconds * 1000));
        }
        if (stage.seal) {
            const bool whole = stage.seal->aUnchanged && stage.seal->baseUnchanged && stage.seal->outsideMaskZero;
            out << (whole ? ", seal whole" : ", SEAL BROKEN");
        }
        out << "\n";
    }
}

int show(const HistoryOptions& options, const History& history, std::ostream& out)
{
    const RunRepository repository(history);
    const auto id = repository.resolve(options.run);
    if (!id && id.error().code == ErrorCode::NotFound && JobRepository(history).resolve(options.run)) {
        return showJob(options, history, out);
    }
    const RunDetail detail = repository.find(id.value()).value();
    if (options.json) {
        out << toJson(detail).dump(2, ' ', false, json::error_handler_t::replace) << "\n";
        return 0;
    }
    const RunSummary& run = detail.summary;
    out << run.id << "  " << run.name << "\n";
    const auto field = [&out](const char* name, const std::string& value) {
        if (!value.empty()) {
            out << "  " << name << "  " << value << "\n";
        }
    };
    field("state  ", std::string(jobs::jobStateName(run.state)) + (run.error.empty() ? "" : ": " + run.error));
    field("purpose", run.purpose);
    field("model  ", run.model);
    field("preset ", run.preset);
    field("created", localTime(run.createdMs) + ", took " + duration(run.durationMs));
    field("folder ", run.folder.string() + (run.folderPresent ? "" : " (gone)"));
    field("note   ", run.note);
    writeStages(detail, out);
    for (const ScoreSummary& score : run.scores) {
        out << "  " << score.task << " " << score.metric << "  " << change(score) << "\n";
    }
    for (const AdapterRow& adapter : detail.adapters) {
        out << "  adapter  " << (run.folder / adapter.folder).string() << "  " << adapter.bytes << " bytes\n";
    }
    for (const MaskRow& mask : detail.masks) {
        out << "  mask  " << (run.folder / mask.file).string() << "  keeps " << mask.kept << " of " << mask.total << "\n";
    }
    for (const HealthNote& note : detail.healthNotes) {
        out << "  " << note.level << "  " << note.text << "\n";
    }
    return 0;
}

void reportProblems(const std::vector<IngestProblem>& problems, std::ostream& err)
{
    for (const IngestProblem& problem : problems) {
        err << "lori: " << problem.error.sentence() << "\n";
    }
}

int checkHistory(const HistoryOptions& options, const History& history, const Home& home, std::ostream& out, std::ostream& err)
{
    if (!options.noImport) {
        reportProblems(ingestHome(history, home).value().problems, err);
    }
    const CheckReport report = check(history, home).value();
    if (options.json) {
        out << toJson(report).dump(2, ' ', false, json::error_handler_t::replace) << "\n";
        return report.agrees() ? 0 : 1;
    }
    for (const Finding& finding : report.findings) {
        out << (finding.run.empty() ? "history" : finding.run) << ": " << finding.text << "\n";
    }
    for (const std::string& run : report.foldersGone) {
        out << run << ": its folder is gone, only the history remembers it\n";
    }
    out << "looked at " << report.runs << " runs, " << report.jobs << " jobs, " << report.events << " events, " << report.metrics
        << " metric values, " << report.files << " files: "
        << (report.agrees() ? "history and folders agree\n" : std::to_string(report.findings.size()) + " disagreements\n");
    return report.agrees() ? 0 : 1;
}

int rebuildHistory(const HistoryOptions& options, const Home& home, std::ostream& out)
{
    const RebuildReport report = rebuild(home.historyFile(), home).value();
    if (options.json) {
        out << toJson(report).dump(2, ' ', false, json::error_handler_t::replace) << "\n";
    } else {
        for (const Finding& problem : report.problems) {
            out << problem.run << ": " << problem.text << "\n";
        }
        if (!report.damagedFile.empty()) {
            out << "the damaged history was moved to " << report.damagedFile.string() << "\n";
        }
        out << "rebuilt: " << report.runs << " runs, " << report.jobs << " jobs, " << report.events
            << " events; notes and tags of " << report.annotated << " runs kept, " << report.keptRows.size()
            << " runs and jobs without folder taken over\n";
    }
    return report.problems.empty() ? 0 : 1;
}

/// One run or job folder, or every run folder in a folder.
HomeIngested importFrom(const HistoryOptions& options, const History& history, const Home& home)
{
    if (options.folder.empty()) {
        return ingestHome(history, home).value();
    }
    HomeIngested result;
    if (fs::exists(fs::path(options.folder) / "job.json") && !fs::exists(fs::path(options.folder) / "config.json")) {
        result.jobs.push_back(ingestJob(history, options.folder).value());
        return result;
    }
    std::vector<fs::path> folders{options.folder};
    if (fs::is_directory(options.folder) && !fs::exists(fs::path(options.folder) / "config.json")) {
        folders.clear();
        for (const fs::directory_entry& entry : fs::directory_iterator(options.folder)) {
            if (fs::exists(entry.path() / "config.json")) {
                folders.push_back(entry.path());
            }
        }
        if (folders.empty()) {
            throw Exception(ErrorCode::NotFound, "there is no run in this folder", "name a folder that holds a config.json",
                            options.folder);
        }
    }
    for (const fs::path& folder : folders) {
        auto ingested = ingestFolder(history, folder);
        if (ingested) {
            result.runs.push_back(*ingested);
        } else if (folders.size() == 1) {
            throw Exception(ingested.error());
        } else {
            result.problems.push_back({folder, ingested.error()});
        }
    }
    return result;
}

int importRuns(const HistoryOptions& options, const History& history, const Home& home, std::ostream& out, std::ostream& err)
{
    const HomeIngested result = importFrom(options, history, home);
    reportProblems(result.problems, err);
    json document{{"runs", json::array()}, {"jobs", json::array()}, {"problems", result.problems.size()}};
    for (const Ingested& run : result.runs) {
        document["runs"].push_back({{"run", run.run},
                                    {"newRun", run.newRun},
                                    {"newEvents", run.newEvents},
                                    {"skippedLines", run.skippedLines},
                                    {"startedOver", run.startedOver}});
        if (!options.json) {
            out << run.run << ": " << run.newEvents << " new events\n";
        }
    }
    for (const JobIngested& job : result.jobs) {
        document["jobs"].push_back({{"job", job.job},
                                    {"newJob", job.newJob},
                                    {"newEvents", job.newEvents},
                                    {"skippedLines", job.skippedLines},
                                    {"startedOver", job.startedOver}});
        if (!options.json) {
            out << job.job << ": " << job.newEvents << " new events\n";
        }
    }
    if (options.json) {
        out << document.dump(2) << "\n";
    } else if (result.runs.empty() && result.jobs.empty()) {
        out << "nothing new\n";
    }
    return result.problems.empty() ? 0 : 1;
}

} // namespace

CLI::App* addHistoryCommand(CLI::App& app, HistoryOptions& options)
{
    CLI::App* history = app.add_subcommand("history", "Search, check and mend the history of runs and jobs");
    history->require_subcommand(1);
    const auto add = [&](const char* name, const char* help) {
        CLI::App* command = history->add_subcommand(name, help);
        command->add_flag("--json", options.json, "Print one JSON document");
        command->callback([&options, name] { options.action = name; });
        return command;
    };
    CLI::App* listed = add("list", "List the runs, newest first");
    listed->add_option("--filter", options.text, "Words that must occur in name, purpose, preset, model, note or tags");
    listed->add_flag("--trash", options.trash, "List the trash");
    CLI::Option* jobs =
        listed->add_flag("--jobs", options.jobs, "List the jobs that are no trainings; with --json {\"jobs\":[…]}");
    listed->add_option("--kind", options.kind, "With --jobs: evaluate, merge, interference, compare-masks, export")->needs(jobs);
    add("show", "Show one run or job in detail")
        ->add_option("run", options.run, "Id, its beginning, a name, or 'last' for the newest run")
        ->required();
    add("artifacts", "What runs and jobs made, from what, and whether it is still there; with --json {\"artifacts\":[…]}")
        ->add_option("--kind", options.kind, "adapter, mask, merge, model");
    CLI::App* compared = add("compare", "Compare the answers of two runs row by row");
    compared->add_option("first", options.run, "Id, its beginning, a name, or 'last'")->required();
    compared->add_option("second", options.other, "The same run again = before training against after")->required();
    compared->add_option("--task", options.task, "Only this task");
    add("check", "Prove that history and folders agree")
        ->add_flag("--no-import", options.noImport, "Do not read new events of the run folders first");
    add("rebuild", "Make the history anew from the folders; names, notes, tags and the queue are kept");
    add("import", "Bring runs and jobs into the history")
        ->add_option("folder", options.folder, "A .lori file, a run or job folder, or a folder of run folders");
    CLI::App* exported = add("export", "Write runs and jobs into one .lori file, for another computer's history");
    exported->add_option("runs", options.runs, "Ids, their beginnings, names, or 'last'")->required();
    exported->add_option("--to", options.to, "The file to write, FILE.lori")->required();
    exported->add_flag("--with-adapters", options.withAdapters, "Take the trained adapters along");
    exported->add_flag("--overwrite", options.overwrite, "Replace a file of that name");
    return history;
}

void addHistoryCommand(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<HistoryOptions>();
    addHistoryCommand(app, *options)->callback([options, &context] {
        context.exitCode = runHistoryCommand(*options, context.home, std::cout, std::cerr);
    });
}

int runHistoryCommand(const HistoryOptions& options, const Home& home, std::ostream& out, std::ostream& err)
{
    const auto exitCode = guard([&] {
        if (options.action == "rebuild") {
            return rebuildHistory(options, home, out);
        }
        const History history = History::open(home.historyFile()).value();
        if (options.action == "list" && options.jobs) {
            return listJobs(options, history, out);
        }
        if (options.action == "artifacts") {
            return listArtifacts(options, history, out);
        }
        if (options.action == "list") {
            return list(options, history, out);
        }
        if (options.action == "show") {
            return show(options, history, out);
        }
        if (options.action == "compare") {
            return compareRuns(options, history, out);
        }
        if (options.action == "check") {
            return checkHistory(options, history, home, out, err);
        }
        if (options.action == "export") {
            return exportRuns(options, history, out);
        }
        if (options.action == "import" && isBundle(options.folder)) {
            return importRunsFromBundle(options, history, home, out, err);
        }
        if (options.action == "import") {
            return importRuns(options, history, home, out, err);
        }
        throw Exception(ErrorCode::InvalidArgument, "there is no history command '" + options.action + "'",
                        "see `lori history --help`");
    });
    if (!exitCode) {
        const Error& error = exitCode.error();
        err << "lori: " << error.sentence() << "\n";
        if (options.json) {
            out << json{{"error",
                         {{"code", codeName(error.code)}, {"what", error.what}, {"hint", error.hint}, {"where", error.where}}}}
                       .dump(2, ' ', false, json::error_handler_t::replace)
                << "\n";
        }
        return exitCodeFor(exitCode.error().code);
    }
    return *exitCode;
}

} // namespace lori::app
