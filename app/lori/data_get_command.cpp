// SPDX-License-Identifier: Apache-2.0
// lori data get NAME…: fetches public data sets.
#include "app/lori/command.h"
#include "app/lori/progress_line.h"
#include "core/downloads/get_data.h"

#include <atomic>
#include <csignal>

namespace lori::app {

namespace {

std::atomic<bool> stopRequested{false}; // set by the signal handler

void onSignal(int /*signal*/)
{
    stopRequested = true;
}

struct GetArguments {
    std::vector<std::string> names;
    std::string folder;
    std::string from = std::string(downloads::kDataHost);
    int timeout = 60;
    bool list = false;
};

Answer listSets()
{
    Answer answer;
    answer.json["sets"] = nlohmann::ordered_json::array();
    for (const downloads::DataSource& source : downloads::dataSources()) {
        nlohmann::ordered_json files = nlohmann::ordered_json::array();
        bool verified = true;
        for (const downloads::SourceFile& file : source.files) {
            files.push_back({{"file", file.target},
                             {"url", std::string(downloads::kDataHost) + "/" + file.path},
                             {"sha256", file.sha256.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(file.sha256)},
                             {"bytes", file.bytes == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(file.bytes)}});
            verified = verified && !file.sha256.empty();
        }
        answer.json["sets"].push_back({{"name", source.name},
                                       {"group", source.group},
                                       {"what", source.what},
                                       {"licence", source.licence},
                                       {"verified", verified},
                                       {"files", std::move(files)}});
        answer.text += source.name + " (" + source.group + "): " + source.what + "\n    licence " + source.licence +
                       (verified ? "; checked by hash" : "; no hash is known, so not verified") + "\n";
    }
    return answer;
}

std::string lineOf(const downloads::GotFile& file)
{
    if (file.alreadyThere) {
        return file.target + ": already there, left alone\n";
    }
    return file.target + ": " + std::to_string(file.rows) + " rows, " +
           (file.verified ? "hash verified" : "not verified: no hash is known") +
           (file.resumedFrom > 0 ? ", went on after " + std::to_string(file.resumedFrom) + " bytes" : "") + "\n";
}

Answer get(const Context& context, const GetArguments& a)
{
    if (a.list) {
        return listSets();
    }
    if (a.names.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "no data set is named",
                        "name one, a group, or all; lori data get --list shows them");
    }
    const std::vector<downloads::DataSource> sources = downloads::findDataSources(a.names).value();
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
    ProgressLine line;
    downloads::GetOptions options;
    options.folder = a.folder.empty() ? context.home.root / "data" : std::filesystem::path(a.folder);
    options.host = a.from.substr(0, a.from.find_last_not_of('/') + 1);
    options.stallSeconds = a.timeout;
    options.progress = [&](const std::string& target, std::size_t index, std::size_t count,
                           const downloads::DownloadProgress& progress) {
        line.show(target, static_cast<std::int64_t>(progress.bytes), static_cast<std::int64_t>(progress.total),
                  progress.secondsLeft, "bytes, file " + std::to_string(index + 1) + " of " + std::to_string(count));
        return !stopRequested;
    };
    const std::vector<downloads::GotFile> got = downloads::getData(sources, options).value();
    line.clear();
    Answer answer;
    answer.json = {{"folder", options.folder.string()}, {"files", nlohmann::ordered_json::array()}};
    for (const downloads::GotFile& file : got) {
        answer.json["files"].push_back({{"name", file.name},
                                        {"file", file.target},
                                        {"status", file.alreadyThere ? "already there" : "downloaded"},
                                        {"rows", file.rows},
                                        {"bytes", file.bytes},
                                        {"resumed_from", file.resumedFrom},
                                        {"sha256", file.sha256},
                                        {"verified", file.verified}});
        answer.text += lineOf(file);
    }
    answer.text += "in " + options.folder.string() + "\n";
    return answer;
}

} // namespace

void addDataGetCommand(CLI::App& data, Context& context)
{
    const auto a = std::make_shared<GetArguments>();
    CLI::App* command = addCommand(data, context, "get", "Fetch public data sets",
                                   [a, &context] { return guard([&] { return get(context, *a); }); });
    command->add_option("names", a->names, "Sets, groups (nlu, math, code, safety) or all");
    command->add_flag("--list", a->list, "Show what can be fetched, from where and under which licence");
    command->add_option("--folder", a->folder, "Where to put them; else data/ beside the runs");
    command->add_option("--from", a->from, "A mirror that has the same paths")->capture_default_str();
    command->add_option("--timeout", a->timeout, "Give up when nothing comes for so many seconds")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
}

} // namespace lori::app
