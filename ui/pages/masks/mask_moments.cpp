// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/mask_moments.h"

#include "core/events/event_follower.h"
#include "core/jobs/run_folder.h"
#include "ui/pages/masks/mask_library.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;

struct MomentName {
    std::int64_t maskStage = -1;
    std::int64_t step = -1;
};

/// "1-40.safetensors"; −1 for what is no moment.
MomentName momentNamed(const fs::path& file)
{
    MomentName name;
    const std::string text = file.extension() == ".safetensors" ? file.stem().string() : std::string();
    const char* end = text.data() + text.size();
    const auto [dash, problem] = std::from_chars(text.data(), end, name.maskStage);
    if (problem == std::errc{} && dash != end && *dash == '-') {
        std::from_chars(dash + 1, end, name.step);
    }
    return name;
}

std::map<std::int64_t, std::map<std::int64_t, fs::path>> momentsIn(const fs::path& run)
{
    std::map<std::int64_t, std::map<std::int64_t, fs::path>> found;
    std::error_code none; // no folder, no moments
    for (const fs::directory_entry& entry : fs::directory_iterator(run / "masks" / "moments", none)) {
        const MomentName name = momentNamed(entry.path());
        if (name.step >= 0) {
            found[name.maskStage][name.step] = entry.path();
        }
    }
    return found;
}

/// Steps of the stage whose B the mask stage takes, as far as the run has come; 0 when its events do not say.
std::int64_t stepsOf(const jobs::RunFolder& run, std::int64_t maskStage)
{
    std::int64_t stage = -1;
    std::map<std::int64_t, std::int64_t> steps;
    for (const events::Event& event : events::EventFollower(run.eventsFile()).poll().value()) {
        if (const auto* moment = event.as<events::MaskMoment>(); moment != nullptr && moment->maskStage == maskStage) {
            stage = moment->stage;
        } else if (const auto* adapter = event.as<events::Adapter>()) {
            steps[adapter->stage] = adapter->step;
        }
    }
    return steps[stage];
}

} // namespace

std::vector<MomentsSource> findMoments(const Home& home)
{
    std::vector<fs::path> runs;
    std::error_code none; // no folder, no runs
    for (const fs::directory_entry& entry : fs::directory_iterator(home.runs(), none)) {
        runs.push_back(entry.path());
    }
    std::sort(runs.rbegin(), runs.rend()); // ids begin with the time
    std::vector<MomentsSource> sources;
    for (const fs::path& run : runs) {
        const auto moments = momentsIn(run);
        if (moments.empty()) {
            continue;
        }
        const auto config = experiment::readRunConfig((run / "config.json").string());
        const std::string name = config ? config->name : run.filename().string();
        for (const auto& [stage, files] : moments) {
            QString title = QString::fromStdString(name);
            if (moments.size() > 1 && config && stage < static_cast<std::int64_t>(config->stages.size())) {
                title += QStringLiteral(" · ") + QString::fromStdString(config->stages[static_cast<std::size_t>(stage)].name);
            }
            sources.push_back({run.filename().string(), stage, titleWithDate(title, run.filename().string())});
        }
    }
    return sources;
}

Result<std::shared_ptr<const MaskCourse>> readMoments(const Home& home, const MomentsSource& source,
                                                      const std::atomic_bool& cancelled)
{
    return guard([&]() -> std::shared_ptr<const MaskCourse> {
        const jobs::RunFolder run = jobs::RunFolder::open(home, source.runId).value();
        auto files = momentsIn(run.path())[source.maskStage];
        if (files.empty()) {
            throw Exception(ErrorCode::NotFound, "the masks of this run's training are no longer there", "choose another run",
                            run.masks().string());
        }
        auto course = std::make_shared<MaskCourse>();
        course->source = source;
        course->end = run.masks() / (std::to_string(source.maskStage) + "-mask.safetensors");
        course->ended = fs::exists(course->end);
        course->steps = course->ended ? stepsOf(run, source.maskStage) : 0;
        course->steps = std::max(course->steps, files.rbegin()->first);
        if (!course->ended) {
            course->end = files.rbegin()->second;
            files.erase(std::prev(files.end()));
        }
        std::vector<formats::Mask> two(2);
        two[1] = formats::readMask(course->end).value();
        for (const auto& [step, file] : files) {
            if (cancelled) {
                throw Exception(ErrorCode::Stopped, "reading was cancelled");
            }
            two[0] = formats::readMask(file).value();
            course->moments.push_back({step, file, std::move(analysis::compareMasks(two).value().pairs.front())});
        }
        return course;
    });
}

std::size_t settledFrom(const MaskCourse& course, double share)
{
    std::size_t from = course.moments.size();
    while (from > 0 && course.moments[from - 1].pair.total.secondInFirst() >= share) {
        --from;
    }
    return from;
}

} // namespace lori::ui
