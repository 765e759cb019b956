// SPDX-License-Identifier: Apache-2.0
#include "core/runs/branch.h"

#include "core/events/event_follower.h"
#include "core/events/event_writer.h"
#include "core/experiment/config_words.h"
#include "core/experiment/number_text.h"
#include "core/runs/mask_moments.h"
#include "core/runs/run_context.h"
#include "core/support/files.h"
#include "core/support/sha256.h"
#include "core/training/checkpoint.h"

#include <nlohmann/json.hpp>

namespace lori::runs {

namespace fs = std::filesystem;
using training::CheckpointPosition;

namespace {

constexpr const char* kEvents = "events.jsonl";

training::FoundCheckpoint checkpointOf(const jobs::RunFolder& parent, BranchStart start)
{
    auto found = training::newestCheckpoint(parent.checkpoints());
    if (found && start == BranchStart::Good) { // earlier stages are finished: nothing to go back to
        found = training::goodCheckpoint(parent.checkpoints(), found->position.stage);
        if (!found) {
            throw Exception(ErrorCode::NotFound, "no checkpoint of this stage was kept from before a fall",
                            "go on from the newest one with a lower learning rate, or start again", parent.id());
        }
    }
    if (!found || found->position.step <= 0) {
        throw Exception(ErrorCode::NotFound, "the run has no checkpoint to go on from",
                        "pause it once or let it train longer, or duplicate its settings", parent.id());
    }
    return std::move(*found);
}

/// Where the parent's events end for the child: behind the line that tells of the checkpoint.
std::uint64_t endOfPast(const fs::path& file, const CheckpointPosition& position)
{
    events::EventFollower follower(file);
    std::uint64_t end = 0;
    for (auto some = follower.poll(1).value(); !some.empty(); some = follower.poll(1).value()) {
        const auto* written = some.front().as<events::Checkpoint>();
        if (written != nullptr && written->stage == position.stage && written->step == position.step) {
            end = follower.position();
        }
    }
    if (end == 0) {
        throw Exception(ErrorCode::BadFile, "the run's events do not tell of the checkpoint", "duplicate its settings instead",
                        file.string());
    }
    return end;
}

/// "3-mask.safetensors" and "0-lori-d" belong to the stage they begin with.
bool isOfStageBefore(const std::string& name, std::int64_t stage)
{
    const std::size_t hyphen = name.find('-');
    return hyphen != std::string::npos && hyphen > 0 && name.find_first_not_of("0123456789") == hyphen &&
           std::stoll(name.substr(0, hyphen)) < stage;
}

/// Adapters and masks of the stages before, and every answer that scores refer to.
void copyPast(const jobs::RunFolder& parent, const fs::path& child, std::int64_t stage)
{
    std::error_code none;
    fs::copy_file(parent.path() / "sequence.json", child / "sequence.json", none); // only a sequence has one
    for (const char* part : {"adapter", "masks", "items"}) {
        for (const auto& entry : fs::directory_iterator(parent.path() / part, none)) {
            const std::string name = entry.path().filename().string();
            if (std::string_view(part) == "items" || isOfStageBefore(name, stage)) {
                fs::copy(entry.path(), child / part / name, fs::copy_options::recursive);
            }
        }
    }
}

/// The masks on the way that the child's past speaks of; one that is gone is not missed.
void copyMoments(const jobs::RunFolder& parent, const fs::path& child)
{
    for (const events::Event& event : events::EventFollower(child / kEvents).poll().value()) {
        if (const auto* moment = event.as<events::MaskMoment>()) {
            const fs::path from = momentFile(parent, moment->maskStage, moment->step);
            const fs::path to = child / from.lexically_relative(parent.path());
            fs::create_directories(to.parent_path());
            std::error_code gone;
            fs::copy_file(from, to, fs::copy_options::overwrite_existing, gone);
        }
    }
}

void writeEvents(const jobs::RunFolder& parent, const fs::path& child, const CheckpointPosition& position,
                 const std::vector<experiment::StageChange>& changes)
{
    const std::string all = readTextFile(parent.eventsFile()).value();
    const std::uint64_t end = endOfPast(parent.eventsFile(), position);
    writeFileAtomically(child / kEvents, std::string_view(all).substr(0, end)).value();
    const auto writer = events::EventWriter::open(child / kEvents).value();
    for (const experiment::StageChange& change : changes) {
        const double value =
            change.what == experiment::Setting::Steps ? std::max(static_cast<double>(position.step), change.value) : change.value;
        writer->append(events::Changed{position.stage, position.step, std::string(wordOf(change.what)), value});
    }
    writer->append(events::Stopped{position.stage, position.step, true});
}

} // namespace

Result<BranchPoint> branchPoint(const jobs::RunFolder& parent, BranchStart start)
{
    return guard([&] {
        const CheckpointPosition position = checkpointOf(parent, start).position;
        const experiment::RunConfig config = parent.config().value();
        return BranchPoint{position.stage, position.step, stageName(config.stages.at(static_cast<std::size_t>(position.stage)))};
    });
}

Result<jobs::RunFolder> branchRun(const Home& home, const jobs::RunFolder& parent, const Branch& branch)
{
    return guard([&] {
        for (const experiment::StageChange& change : branch.changes) {
            if (!experiment::isPossible(change)) {
                throw Exception(ErrorCode::InvalidArgument, "the value cannot be " + experiment::numberText(change.value),
                                "choose another", std::string(wordOf(change.what)));
            }
        }
        const training::FoundCheckpoint checkpoint = checkpointOf(parent, branch.start);
        experiment::RunConfig config = parent.config().value();
        config.parentRun = parent.id();
        config.name = branch.name.empty() ? config.name + " (branch)" : branch.name;
        return jobs::RunFolder::create(home, config, {},
                                       [&](const fs::path& child) {
                                           copyPast(parent, child, checkpoint.position.stage);
                                           training::copyCheckpoint(checkpoint, child / "checkpoints",
                                                                    sha256OfFile(child / "config.json").value())
                                               .value();
                                           writeEvents(parent, child, checkpoint.position, branch.changes);
                                           copyMoments(parent, child);
                                       })
            .value();
    });
}

} // namespace lori::runs
