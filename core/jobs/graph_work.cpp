// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/graph_work.h"

#include <thread>

namespace lori::jobs {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kUnknownSeconds = 5; // of work whose plan does not say: a comparison, a merge of small adapters

double plannedSeconds(const PlannedNode& node)
{
    return node.done ? 0 : node.plan.seconds < 0 ? kUnknownSeconds : node.plan.seconds;
}

} // namespace

GraphWork::GraphWork(JobContext& context, GraphWorkshop& workshop, const std::vector<PlannedNode>& plan)
    : m_context(context), m_workshop(workshop), m_plan(plan)
{
}

double GraphWork::secondsFrom(std::size_t place) const
{
    double seconds = 0;
    for (std::size_t i = place; i < m_plan.size(); ++i) {
        seconds += plannedSeconds(m_plan[i]);
    }
    return m_planned > 0 ? seconds * m_past / m_planned : seconds;
}

void GraphWork::say(const GraphNode& node, std::size_t place, const char* state, const fs::path& folder, const std::string& error)
{
    const bool isAhead = std::string_view(state) == "begins";
    m_context.log().append(events::Child{node.id, node.kind, state, folder.string(), static_cast<std::int64_t>(place) + 1,
                                         static_cast<std::int64_t>(m_plan.size()), secondsFrom(isAhead ? place : place + 1),
                                         error});
}

void GraphWork::found(const GraphNode& node, std::size_t place, const fs::path& folder)
{
    say(node, place, "found", folder);
}

void GraphWork::leftOut(const GraphNode& node, std::size_t place)
{
    say(node, place, "left_out", {});
}

void GraphWork::sayProgress(const GraphNode& node, std::size_t place, const ChildProgress& child)
{
    const double rest = child.secondsLeft >= 0 ? child.secondsLeft : std::max(0.0, secondsFrom(place) - secondsFrom(place + 1));
    m_context.log().append(events::Progress{-1, node.id + (child.what.empty() ? "" : ": " + child.what),
                                            static_cast<std::int64_t>(place), static_cast<std::int64_t>(m_plan.size()),
                                            rest + secondsFrom(place + 1)});
}

Result<JobResult> GraphWork::workIn(const JobFolder& folder, const GraphNode& node, std::size_t place)
{
    const auto kind = m_workshop.kindOf(folder);
    for (;;) {
        auto worked = workInChild(m_context, folder, *kind, [&](const ChildProgress& child) { sayProgress(node, place, child); });
        if (worked || worked.error().code != ErrorCode::Busy) {
            return worked;
        }
        m_context.progress("waiting for another worker of " + node.id, static_cast<std::int64_t>(place),
                           static_cast<std::int64_t>(m_plan.size()));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

NodeOutcome GraphWork::node(const GraphNode& node, std::size_t place, const std::string& key)
{
    m_context.control().waitWhilePaused(-1, static_cast<std::int64_t>(place), [] {});
    const auto folder = guard([&] { return m_workshop.folderFor(node, key); });
    if (!folder) {
        say(node, place, "failed", {}, folder.error().sentence());
        return {NodeOutcome::State::Failed, {}, folder.error()};
    }
    say(node, place, "begins", folder->path());
    const auto begin = Clock::now();
    const double pausedBefore = m_context.control().pausedSeconds();
    Result<JobResult> worked = Error{};
    try {
        worked = workIn(*folder, node, place);
    } catch (const StopRequest&) {
        say(node, place, "stopped", folder->path());
        throw;
    } catch (const Exception& exception) { // its kind could not be made of its folder
        worked = exception.error();
    }
    if (!worked) {
        say(node, place, "failed", folder->path(), worked.error().sentence());
        return {NodeOutcome::State::Failed, folder->path(), worked.error()};
    }
    m_planned += plannedSeconds(m_plan[place]);
    m_past += std::chrono::duration<double>(Clock::now() - begin).count() - (m_context.control().pausedSeconds() - pausedBefore);
    say(node, place, "done", folder->path());
    return {NodeOutcome::State::Done, folder->path(), {}};
}

} // namespace lori::jobs
