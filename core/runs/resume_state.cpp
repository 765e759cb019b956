// SPDX-License-Identifier: Apache-2.0
#include "core/runs/resume_state.h"

namespace lori::runs {

void applyEvent(ResumeState& state, const experiment::Event& event)
{
    const nlohmann::json& v = event.values;
    if (event.type == "started") {
        if (state.gemmBackend.empty()) {
            state.gemmBackend = v.value("gemm", "");
            state.threads = v.value("threads", std::int64_t{0});
            state.device = v.value("device", "");
        }
        state.resumed = true;
        state.finished = false;
        state.discarded = false;
    } else if (event.type == "plan") {
        if (state.baseFingerprint.empty()) {
            state.baseFingerprint = v.value("baseFingerprint", "");
        }
    } else if (event.type == "inputs" || event.type == "data_changed") {
        for (const nlohmann::json& file : v.value("files", nlohmann::json::array())) {
            state.inputs[{file.value("what", ""), file.value("name", "")}] = {file.value("path", ""), file.value("sha256", "")};
        }
    } else if (event.type == "stage_finished") {
        state.finishedStages.insert(v.value("stage", std::int64_t{-1}));
        state.secondsBefore += v.value("seconds", 0.0);
    } else if (event.type == "score") {
        nlohmann::json score;
        for (const char* key : {"value", "low", "high", "hits", "n", "higherIsBetter", "step", "head", "items", "second"}) {
            if (v.contains(key)) {
                score[key] = v[key];
            }
        }
        const std::string name = v.value("task", "") + "." + v.value("metric", "");
        const std::int64_t stage = v.value("stage", std::int64_t{-1});
        if (v.value("final", false)) {
            state.scores[stage][name] = std::move(score);
        } else {
            score["stage"] = stage;
            state.checks[name] = std::move(score);
        }
    } else if (event.type == "seal") {
        state.seals[v.value("stage", std::int64_t{-1})] = v;
    } else if (event.type == "finished") {
        state.finished = true;
    } else if (event.type == "stopped") {
        state.discarded = !v.value("kept", true);
    }
}

Result<ResumeState> readResumeState(const experiment::RunFolder& folder)
{
    return guard([&] {
        ResumeState state;
        experiment::EventFollower follower(folder.eventsFile());
        while (true) {
            const std::vector<experiment::Event> events = follower.poll().value();
            if (events.empty()) {
                return state;
            }
            for (const experiment::Event& event : events) {
                applyEvent(state, event);
            }
        }
    });
}

} // namespace lori::runs
