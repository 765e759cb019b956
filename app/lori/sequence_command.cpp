// SPDX-License-Identifier: Apache-2.0
// lori sequence: continual learning, task after task on one adapter.
#include "app/lori/run_session.h"
#include "core/experiment/sequence.h"
#include "core/runs/transfer.h"
#include "core/support/files.h"

namespace lori::app {

namespace {

struct SequenceArguments {
    std::string configFile;
    std::string resume;
    std::string name;
};

constexpr const char* kSequenceFile = "sequence.json"; // beside config.json, so that a resumed run can be read as a sequence

experiment::RunFolder folderOf(const Context& context, const SequenceArguments& a, experiment::SequenceConfig& sequence)
{
    if (a.configFile.empty() == a.resume.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of --config and --resume is needed", "see lori sequence --help");
    }
    if (!a.resume.empty()) {
        experiment::RunFolder folder = experiment::RunFolder::open(context.home, a.resume).value();
        sequence = experiment::readSequence((folder.path() / kSequenceFile).string()).value();
        return folder;
    }
    sequence = experiment::readSequence(a.configFile).value();
    if (!a.name.empty()) {
        sequence.run.name = a.name;
    }
    experiment::RunFolder folder =
        experiment::RunFolder::create(context.home, experiment::expandSequence(sequence).value()).value();
    writeFileAtomically(folder.path() / kSequenceFile, experiment::toJson(sequence).dump(2) + "\n").value();
    return folder;
}

Result<Answer> run(const Context& context, const SequenceArguments& a)
{
    experiment::SequenceConfig sequence;
    const auto folder = guard([&] { return folderOf(context, a, sequence); });
    if (!folder) {
        return folder.error();
    }
    const auto session = workInFolder(context, *folder);
    if (!session) {
        return session.error();
    }
    return guard([&] {
        const auto rows = runs::transferOf(*folder, sequence, session->result).value();
        Answer answer;
        answer.json = nlohmann::ordered_json::parse(session->result.dump());
        answer.json["transfer"] = runs::toJson(rows);
        answer.text = "# " + sequence.run.name + "\n\n" + runs::transferText(rows, sequence);
        writeFileAtomically(folder->path() / "transfer.json", runs::toJson(rows).dump(2) + "\n").value();
        writeFileAtomically(folder->path() / "transfer.md", answer.text).value();
        answer.text += "\nFolder:  " + folder->path().string() + "\nHistory: " + session->history + "\n";
        return answer;
    });
}

} // namespace

void addSequenceCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<SequenceArguments>();
    CLI::App* command = addCommand(app, context, "sequence", "Learn task after task and measure what is forgotten",
                                   [a, &context] { return run(context, *a); });
    command->add_option("--config", a->configFile, "Sequence (JSON): run settings and tasks in order");
    command->add_option("--resume", a->resume, "Go on with a sequence that was stopped, killed or failed");
    command->add_option("--name", a->name, "Name of the run");
}

} // namespace lori::app
