// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/graph_workshop.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::jobs {

/// A node as it will be worked.
struct PlannedNode {
    std::optional<std::filesystem::path> done; ///< the folder in which it is done already
    JobPlan plan{};                            ///< of one that is still to be done
};

/// What became of a node.
struct NodeOutcome {
    enum class State : std::uint8_t {
        Done,   ///< now or before
        Failed, ///< `error` says why
        LeftOut ///< one that it needs failed
    };
    State state = State::LeftOut;
    std::filesystem::path folder{}; ///< empty when left out
    Error error{};
    [[nodiscard]] bool isDone() const { return state == State::Done; }
};

/// Jobs that go on from each other. Each has a key: a hash of its kind, its options and the keys of what it needs, so that equal
/// work is found and not done again, whoever did it.
class JobGraph final {
public:
    /// Throws Exception: InvalidArgument (two nodes of one name, a node that is not there, a ring), and what the workshop says of
    /// options. The order is the given one where what is needed stands first. `workshop` must outlive it.
    JobGraph(std::vector<GraphNode> nodes, GraphWorkshop& workshop);

    [[nodiscard]] const std::vector<GraphNode>& nodes() const { return m_nodes; } ///< in the order they are worked
    [[nodiscard]] const std::string& key(std::size_t node) const { return m_keys[node]; }

    /// What would be done, without doing it. Throws what a kind says of a node, with "step ID" as its place.
    [[nodiscard]] std::vector<PlannedNode> plan() const;

    /// Works the nodes that are not done, one after another, as jobs of their own inside of the one of `context`, whose events
    /// say which is worked and the time left for all. A stop, a pause or an interrupt of it is one of the node at work, which is
    /// kept. With `continueOnError` a node that fails leaves out only those that need it; else its error is thrown. Outcomes are
    /// in the nodes' order. Throws as plan(), StopRequest.
    [[nodiscard]] std::vector<NodeOutcome> work(JobContext& context, bool continueOnError);

private:
    void sort();
    void findKeys();
    [[nodiscard]] std::size_t indexOf(const std::string& id) const;
    /// The node with paths instead of references to what stands in `folders`; empty folders stay references.
    [[nodiscard]] GraphNode resolved(std::size_t node, const std::vector<std::filesystem::path>& folders) const;

    std::vector<GraphNode> m_nodes;
    std::vector<std::vector<std::size_t>> m_needs; ///< of each node
    std::vector<std::string> m_keys;
    GraphWorkshop& m_workshop;
};

} // namespace lori::jobs
