// SPDX-License-Identifier: Apache-2.0
// lori data get NAME…: fetches public data sets.
#include "app/lori/job_session.h"
#include "app/lori/queueing.h"
#include "core/workers/data_options.h"

namespace lori::app {

namespace {

struct GetArguments {
    workers::DownloadOptions options;
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

Result<Answer> get(const Context& context, const GetArguments& a)
{
    if (a.list) {
        return listSets();
    }
    workers::DownloadOptions options = a.options;
    if (!options.folder.empty()) {
        options.folder = std::filesystem::absolute(options.folder).lexically_normal().string();
    }
    std::string name;
    for (const std::string& set : options.names) {
        name += (name.empty() ? "" : ", ") + set;
    }
    auto answer = workAsJob(context, "download", name, events::fieldsOf(options));
    if (answer && answer->json.contains("files") && !a.options.folder.empty()) { // as it was typed
        answer->json["folder"] = a.options.folder;
        answer->text.replace(answer->text.rfind(options.folder), options.folder.size(), a.options.folder);
    }
    return answer ? withoutJob(std::move(*answer)) : answer;
}

} // namespace

void addDataGetCommand(CLI::App& data, Context& context)
{
    const auto a = std::make_shared<GetArguments>();
    CLI::App* command = addCommand(data, context, "get", "Fetch public data sets", [a, &context] { return get(context, *a); });
    command->add_option("names", a->options.names, "Sets, groups (nlu, math, code, safety) or all");
    command->add_flag("--list", a->list, "Show what can be fetched, from where and under which licence");
    command->add_option("--folder", a->options.folder, "Where to put them; else data/ beside the runs");
    command->add_option("--from", a->options.from, "A mirror that has the same paths")->capture_default_str();
    command->add_option("--timeout", a->options.timeout, "Give up when nothing comes for so many seconds")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    addQueueOptions(*command, context);
}

} // namespace lori::app
