// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_graph.h"

#include "core/jobs/graph_work.h"
#include "core/support/sha256.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>

namespace lori::jobs {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct Reference {
    std::string id;
    std::string part;
};

/// Nothing for a text that does not begin with "@".
std::optional<Reference> referenceIn(const std::string& text)
{
    if (text.size() < 2 || text.front() != '@') {
        return std::nullopt;
    }
    const std::size_t colon = text.find(':');
    return Reference{text.substr(1, colon == std::string::npos ? colon : colon - 1),
                     colon == std::string::npos ? "" : text.substr(colon + 1)};
}

void visitTexts(json& value, const std::function<void(std::string&)>& visit)
{
    if (value.is_string()) {
        visit(value.get_ref<std::string&>());
    } else if (value.is_structured()) {
        for (json& entry : value) {
            visitTexts(entry, visit);
        }
    }
}

Exception refusal(const std::string& what, const std::string& hint, const std::string& node)
{
    return {ErrorCode::InvalidArgument, what, hint, "step " + node};
}

} // namespace

JobGraph::JobGraph(std::vector<GraphNode> nodes, GraphWorkshop& workshop) : m_nodes(std::move(nodes)), m_workshop(workshop)
{
    sort();
    findKeys();
}

/// What is needed first, and otherwise the given order.
void JobGraph::sort()
{
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (!places.emplace(m_nodes[i].id, i).second) {
            throw refusal("there are two of this name", "give each its own", m_nodes[i].id);
        }
    }
    std::vector<std::set<std::size_t>> needs(m_nodes.size());
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        for (const std::string& need : m_nodes[i].needs) {
            if (!places.contains(need)) {
                throw refusal("what it needs is not there: " + need, "name a step of the same graph", m_nodes[i].id);
            }
            needs[i].insert(places[need]);
        }
        visitTexts(m_nodes[i].options, [&](const std::string& text) {
            const auto reference = referenceIn(text);
            if (reference && places.contains(reference->id)) {
                needs[i].insert(places[reference->id]);
            }
        });
    }
    std::vector<std::size_t> order;
    std::vector<std::size_t> placeOf(m_nodes.size());
    std::vector<bool> placed(m_nodes.size());
    while (order.size() < m_nodes.size()) {
        std::size_t next = 0;
        while (next < m_nodes.size() &&
               (placed[next] || !std::all_of(needs[next].begin(), needs[next].end(), [&](std::size_t n) { return placed[n]; }))) {
            ++next;
        }
        if (next == m_nodes.size()) {
            const auto stuck = std::find(placed.begin(), placed.end(), false) - placed.begin();
            throw refusal("it needs what needs it", "break the ring", m_nodes[static_cast<std::size_t>(stuck)].id);
        }
        placed[next] = true;
        placeOf[next] = order.size();
        order.push_back(next);
    }
    std::vector<GraphNode> sorted;
    for (const std::size_t node : order) {
        sorted.push_back(std::move(m_nodes[node]));
        std::vector<std::size_t>& own = m_needs.emplace_back();
        std::transform(needs[node].begin(), needs[node].end(), std::back_inserter(own),
                       [&](std::size_t n) { return placeOf[n]; });
    }
    m_nodes = std::move(sorted);
}

std::size_t JobGraph::indexOf(const std::string& id) const
{
    const auto found = std::find_if(m_nodes.begin(), m_nodes.end(), [&](const GraphNode& node) { return node.id == id; });
    return static_cast<std::size_t>(found - m_nodes.begin());
}

void JobGraph::findKeys()
{
    for (const GraphNode& node : m_nodes) {
        json options = node.options;
        visitTexts(options, [&](std::string& text) {
            const auto reference = referenceIn(text);
            const std::size_t from = reference ? indexOf(reference->id) : m_nodes.size();
            if (from < m_nodes.size()) {
                text = "@" + m_keys[from] + ":" + m_workshop.partOf(m_nodes[from], reference->part);
            }
        });
        std::string key = m_workshop.keyOf(node.kind, options);
        if (!node.needs.empty()) {
            std::vector<std::string> others;
            for (const std::string& need : node.needs) {
                others.push_back(m_keys[indexOf(need)]);
            }
            std::sort(others.begin(), others.end());
            key = sha256Hex(json{{"work", key}, {"after", others}}.dump());
        }
        m_keys.push_back(std::move(key));
    }
}

GraphNode JobGraph::resolved(std::size_t node, const std::vector<fs::path>& folders) const
{
    GraphNode copy = m_nodes[node];
    visitTexts(copy.options, [&](std::string& text) {
        const auto reference = referenceIn(text);
        const std::size_t from = reference ? indexOf(reference->id) : m_nodes.size();
        if (from < m_nodes.size() && !folders[from].empty()) {
            text = m_workshop.placeOf(folders[from], m_workshop.partOf(m_nodes[from], reference->part)).string();
        }
    });
    return copy;
}

std::vector<PlannedNode> JobGraph::plan() const
{
    std::vector<PlannedNode> planned(m_nodes.size());
    std::vector<fs::path> folders(m_nodes.size());
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        auto node = guard([&] {
            PlannedNode one;
            one.done = m_workshop.findDone(m_nodes[i], m_keys[i]);
            if (!one.done) {
                one.plan = m_workshop.planOf(resolved(i, folders));
            }
            return one;
        });
        if (!node) {
            Error error = node.error();
            error.where = "step " + m_nodes[i].id + (error.where.empty() ? "" : ", " + error.where);
            throw Exception(error);
        }
        folders[i] = node->done.value_or(fs::path());
        planned[i] = std::move(*node);
    }
    return planned;
}

std::vector<NodeOutcome> JobGraph::work(JobContext& context, bool continueOnError)
{
    const std::vector<PlannedNode> planned = plan();
    GraphWork work(context, m_workshop, planned);
    std::vector<NodeOutcome> outcomes(m_nodes.size());
    std::vector<fs::path> folders(m_nodes.size());
    std::map<std::string, fs::path> doneHere; // by key: two nodes may be the same work
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const auto same = doneHere.find(m_keys[i]);
        const bool canBegin =
            std::all_of(m_needs[i].begin(), m_needs[i].end(), [&](std::size_t need) { return outcomes[need].isDone(); });
        if (planned[i].done || same != doneHere.end()) {
            outcomes[i] = {NodeOutcome::State::Done, planned[i].done ? *planned[i].done : same->second, {}};
            work.found(m_nodes[i], i, outcomes[i].folder);
        } else if (!canBegin) {
            work.leftOut(m_nodes[i], i);
        } else {
            outcomes[i] = work.node(resolved(i, folders), i, m_keys[i]);
        }
        if (outcomes[i].isDone()) {
            folders[i] = outcomes[i].folder;
            doneHere.emplace(m_keys[i], outcomes[i].folder);
        }
        if (outcomes[i].state == NodeOutcome::State::Failed && !continueOnError) {
            throw Exception(outcomes[i].error);
        }
    }
    return outcomes;
}

} // namespace lori::jobs
