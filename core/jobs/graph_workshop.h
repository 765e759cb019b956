// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::jobs {

/// One job of a graph. A text in its options that is "@id", or "@id:part", means what the node `id` makes; which parts there are
/// its kind knows ("@sparse-1:0" what stage 0 of a training made).
struct GraphNode {
    std::string id;   ///< lower-case letters, digits and hyphens; unique in its graph
    std::string kind; ///< of the job
    std::string name; ///< of the job, for people
    nlohmann::json options = nlohmann::json::object();
    std::vector<std::string> needs{}; ///< nodes that must be done before, beside those that the options name
};

/// What a graph asks of those who know the kinds. All members throw Exception.
class GraphWorkshop {
public:
    virtual ~GraphWorkshop() = default;

    /// Equal for equal work. In the options "@KEY:part" stands for a part of what the work of that key makes; a path into the
    /// folder of a job means the same.
    [[nodiscard]] virtual std::string keyOf(const std::string& kind, const nlohmann::json& options) = 0;
    /// The part of a reference as a path relative to the job's folder; "" means what others usually go on from.
    [[nodiscard]] virtual std::string partOf(const GraphNode& node, const std::string& part) = 0;
    /// Where that part lies in a job that is done. Throws NotFound when it is gone.
    [[nodiscard]] virtual std::filesystem::path placeOf(const std::filesystem::path& folder, const std::string& part) = 0;
    /// A folder in which this work is done already, whoever did it.
    [[nodiscard]] virtual std::optional<std::filesystem::path> findDone(const GraphNode& node, const std::string& key) = 0;
    /// The folder to work in: one that an earlier attempt left unfinished, or a new one. The node's options hold paths.
    [[nodiscard]] virtual JobFolder folderFor(const GraphNode& node, const std::string& key) = 0;
    [[nodiscard]] virtual std::unique_ptr<JobKind> kindOf(const JobFolder& folder) = 0;
    /// What the node would do. Texts "@id" among its options are not there yet.
    [[nodiscard]] virtual JobPlan planOf(const GraphNode& node) = 0;
};

} // namespace lori::jobs
