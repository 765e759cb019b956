// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/graph_workshop.h"
#include "core/recipes/measure_step.h"
#include "core/workers/job_keys.h"

#include <memory>
#include <string>

namespace lori::workers {

/// Nodes of a graph as jobs of the table of kinds. Trainings become runs/<prefix>-<node>-<key>, so that a graph that was killed
/// finds its run again; other jobs carry their key in job.json.
class KindsWorkshop : public jobs::GraphWorkshop {
public:
    KindsWorkshop(Home home, std::string prefix);

    [[nodiscard]] std::string keyOf(const std::string& kind, const nlohmann::json& options) override;
    /// Of a training: "" the adapter of its last stage that trains, "2" what its stage 2 made. Of a merge: "". Throws
    /// InvalidArgument for others.
    [[nodiscard]] std::string partOf(const jobs::GraphNode& node, const std::string& part) override;
    [[nodiscard]] std::filesystem::path placeOf(const std::filesystem::path& folder, const std::string& part) override;
    /// A finished job of that key. A training counts only when the files it reads are those it was trained on.
    [[nodiscard]] std::optional<std::filesystem::path> findDone(const jobs::GraphNode& node, const std::string& key) override;
    [[nodiscard]] jobs::JobFolder folderFor(const jobs::GraphNode& node, const std::string& key) override;
    [[nodiscard]] std::unique_ptr<jobs::JobKind> kindOf(const jobs::JobFolder& folder) override;
    [[nodiscard]] jobs::JobPlan planOf(const jobs::GraphNode& node) override;

protected:
    /// Whether the work in a folder, of a job or of an older program's step, is done and whole.
    [[nodiscard]] bool isDone(const std::filesystem::path& folder) const;
    [[nodiscard]] const Home& home() const { return m_home; }

private:
    [[nodiscard]] jobs::JobFolder runFor(const jobs::GraphNode& node, const std::string& key);

    Home m_home;
    std::string m_prefix;
    JobKeys m_keys;
    std::shared_ptr<recipes::Measurer> m_measurer; ///< keeps the base model between measurements
    int m_threads; ///< of this process as the graph began; a training changes them, and they change rounding
};

/// The unfinished job of a record's work, or a new one with its key: what a command that goes on with what it began works in.
/// Errors: those of makeKind(), DiskFull, Io.
[[nodiscard]] Result<jobs::JobFolder> unfinishedOrNew(const Home& home, jobs::JobRecord record);

} // namespace lori::workers
