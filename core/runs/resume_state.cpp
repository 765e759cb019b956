// SPDX-License-Identifier: Apache-2.0
#include "core/runs/resume_state.h"

#include "core/events/event_follower.h"
#include "core/experiment/config_words.h"

namespace lori::runs {

namespace {

void rememberFiles(ResumeState& state, const std::vector<events::InputFile>& files)
{
    for (const events::InputFile& file : files) {
        state.inputs[{file.what, file.name}] = {file.path, file.sha256};
    }
}

} // namespace

void applyEvent(ResumeState& state, const events::Payload& payload)
{
    std::visit(events::Overloaded{
                   [&](const events::Started& e) {
                       if (state.gemmBackend.empty()) {
                           state.gemmBackend = e.gemm;
                           state.threads = e.threads;
                           state.device = e.device;
                       }
                       state.resumed = true;
                       state.finished = false;
                       state.discarded = false;
                   },
                   [&](const events::Plan& e) {
                       if (state.baseFingerprint.empty()) {
                           state.baseFingerprint = e.baseFingerprint;
                       }
                   },
                   [&](const events::Inputs& e) { rememberFiles(state, e.files); },
                   [&](const events::DataChanged& e) { rememberFiles(state, e.files); },
                   [&](const events::StageFinished& e) {
                       state.finishedStages.insert(e.stage);
                       state.secondsBefore += e.seconds.value_or(0);
                   },
                   [&](const events::Score& e) { (e.final ? state.scores[e.stage] : state.checks)[e.task + "." + e.metric] = e; },
                   [&](const events::Changed& e) {
                       if (const auto what = fromWord<experiment::Setting>(e.what)) {
                           state.changes[e.stage].push_back({e.step, *what, e.value});
                       }
                   },
                   [&](const events::Seal& e) { state.seals[e.stage] = e; },
                   [&](const events::Finished&) { state.finished = true; },
                   [&](const events::Stopped& e) { state.discarded = !e.kept; },
                   [](const auto&) {
                   }},
               payload);
}

Result<ResumeState> readResumeState(const jobs::RunFolder& folder)
{
    return guard([&] {
        ResumeState state;
        events::EventFollower follower(folder.eventsFile());
        while (true) {
            const std::vector<events::Event> events = follower.poll().value();
            if (events.empty()) {
                return state;
            }
            for (const events::Event& event : events) {
                applyEvent(state, event.payload);
            }
        }
    });
}

} // namespace lori::runs
