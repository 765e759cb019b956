// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/adapter_lineage.h"

#include "core/experiment/run_config.h"
#include "core/jobs/job_folder.h"
#include "database/job_repository.h"
#include "ui/services/history_service.h"
#include "ui/text.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace lori::ui {

namespace fs = std::filesystem;
using experiment::RunConfig;
using experiment::StageConfig;
using experiment::StageKind;
using Kind = LineageNode::Kind;

namespace {

QString arrow()
{
    return QStringLiteral(" → ");
}

QString namesOf(const std::vector<experiment::DataSource>& sources)
{
    QStringList names;
    for (const experiment::DataSource& source : sources) {
        names.append(source.task.empty() ? QFileInfo(QString::fromStdString(source.file)).fileName()
                                         : Text::task(QString::fromStdString(source.task)));
    }
    return names.join(QStringLiteral(" + "));
}

QString lengthOf(const StageConfig& stage)
{
    return stage.steps > 0
               ? AdapterLineage::tr("%n step(s)", nullptr, static_cast<int>(std::min<std::int64_t>(stage.steps, 1'000'000'000)))
               : AdapterLineage::tr("%1 passes").arg(Text::number(stage.epochs));
}

/// A run's stage that made an adapter or a mask.
struct Place {
    fs::path run;
    RunConfig config;
    std::size_t stage = 0;
    [[nodiscard]] const StageConfig& own() const { return config.stages[stage]; }
    [[nodiscard]] fs::path folder() const
    {
        return run / "adapter" / (std::to_string(stage) + "-" + std::string(experiment::stageKindName(own().kind)));
    }
    [[nodiscard]] Place at(std::int64_t other) const { return {run, config, static_cast<std::size_t>(other)}; }
};

std::optional<Place> placeOf(const fs::path& adapter)
{
    if (adapter.parent_path().filename() != "adapter") {
        return std::nullopt;
    }
    const fs::path run = adapter.parent_path().parent_path();
    auto config = experiment::readRunConfig((run / "config.json").string());
    const int stage = std::atoi(adapter.filename().string().c_str());
    if (!config || stage < 0 || static_cast<std::size_t>(stage) >= config->stages.size()) {
        return std::nullopt;
    }
    return Place{run, std::move(*config), static_cast<std::size_t>(stage)};
}

/// The newest stage before this one whose kind is wanted; -1 without one.
template <typename Wanted>
std::int64_t newestBefore(const Place& place, Wanted wanted)
{
    for (auto i = static_cast<std::int64_t>(place.stage) - 1; i >= 0; --i) {
        if (wanted(place.config.stages[static_cast<std::size_t>(i)].kind)) {
            return i;
        }
    }
    return -1;
}

/// The stage of this run whose adapter a stage starts from, as core/runs decides it; -1 for none.
std::int64_t sourceOf(const Place& place)
{
    const StageConfig& own = place.own();
    const bool needsOne = own.kind == StageKind::Mask || (experiment::traitsOf(own.kind).isSparse && own.reuseProjection);
    return own.fromStage >= 0 ? own.fromStage
           : needsOne         ? newestBefore(place, [](StageKind kind) { return experiment::traitsOf(kind).isMaskSource; })
                              : -1;
}

class Builder final {
public:
    Builder(const std::vector<KnownAdapter>& known, const MergeParents& merges) : m_known(known), m_merges(merges) {}

    /// The node of an adapter, with all that it came from before it.
    std::size_t add(const fs::path& folder, const QString& nameElsewhere = {})
    {
        const fs::path clean = folder.lexically_normal();
        if (const auto done = m_nodeOf.find(clean.string()); done != m_nodeOf.end()) {
            return done->second;
        }
        const KnownAdapter* adapter = find(clean);
        if (adapter != nullptr && adapter->merge) {
            return addMerge(*adapter);
        }
        if (const auto place = placeOf(clean)) {
            return addStage(*place);
        }
        LineageNode node;
        node.title = adapter != nullptr        ? adapter->name
                     : nameElsewhere.isEmpty() ? QString::fromStdString(clean.filename().string())
                                               : nameElsewhere;
        node.detail = adapter != nullptr ? AdapterLineage::tr("made elsewhere") : AdapterLineage::tr("not here");
        node.folder = adapter != nullptr ? clean : fs::path();
        if (adapter != nullptr && !adapter->baseModel.isEmpty()) {
            node.parents = {addModel(adapter->baseModel)};
        }
        m_recipe[clean.string()] = node.title;
        return put(clean.string(), std::move(node));
    }

    [[nodiscard]] AdapterLineage take(const fs::path& folder)
    {
        return {std::move(m_nodes), m_recipe[folder.lexically_normal().string()]};
    }

private:
    [[nodiscard]] const KnownAdapter* find(const fs::path& folder) const
    {
        const auto found = std::find_if(m_known.begin(), m_known.end(),
                                        [&](const auto& adapter) { return adapter.folder.lexically_normal() == folder; });
        return found == m_known.end() ? nullptr : &*found;
    }

    std::size_t put(const std::string& key, LineageNode node)
    {
        for (const std::size_t parent : node.parents) {
            node.level = std::max(node.level, m_nodes[parent].level + 1);
        }
        m_nodes.push_back(std::move(node));
        m_nodeOf[key] = m_nodes.size() - 1;
        return m_nodes.size() - 1;
    }

    /// A root: a model or data, the same for all that came from it.
    std::size_t addRoot(Kind kind, const QString& title, const QString& model)
    {
        const std::string key = (kind == Kind::Model ? "model\n" : "data\n") + (model.isEmpty() ? title : model).toStdString();
        if (const auto done = m_nodeOf.find(key); done != m_nodeOf.end()) {
            return done->second;
        }
        LineageNode node;
        node.kind = kind;
        node.title = title;
        node.model = model;
        node.detail = kind == Kind::Model ? AdapterLineage::tr("base model") : AdapterLineage::tr("data");
        return put(key, std::move(node));
    }
    std::size_t addModel(const QString& model) { return addRoot(Kind::Model, Text::model(model), model); }

    std::size_t addMerge(const KnownAdapter& adapter)
    {
        const std::string key = adapter.folder.lexically_normal().string();
        m_nodeOf[key] = kNone; // files may say that something came from itself: there it ends
        LineageNode node;
        node.kind = Kind::Merge;
        node.title = AdapterLineage::tr("Merge");
        node.detail = QString::fromStdString(adapter.merge->type);
        node.folder = adapter.folder;
        const auto found = m_merges.find(adapter.folder);
        const std::vector<fs::path> folders = found == m_merges.end() ? std::vector<fs::path>() : found->second;
        QStringList names;
        for (std::size_t i = 0; i < adapter.merge->adapters.size(); ++i) {
            const QString name = QString::fromStdString(adapter.merge->adapters[i].name);
            const KnownAdapter* parent = i < folders.size() ? find(folders[i].lexically_normal()) : nullptr;
            names.append(parent != nullptr ? parent->name : name);
            const std::size_t made = i < folders.size()
                                         ? add(folders[i], name)
                                         : put(key + "\n" + std::to_string(i),
                                               LineageNode{Kind::Adapter, name, AdapterLineage::tr("not here"), {}, {}, 0, {}});
            addParent(node, made);
        }
        m_recipe[key] = names.join(QStringLiteral(" + ")) + arrow() + AdapterLineage::tr("merge (%1)").arg(node.detail);
        return put(key, std::move(node));
    }

    static void addParent(LineageNode& node, std::size_t parent)
    {
        if (parent != kNone) {
            node.parents.push_back(parent);
        }
    }

    std::size_t addStage(const Place& place)
    {
        const bool isMask = place.own().kind == StageKind::Mask;
        const std::string key = isMask ? place.run.string() + "\n" + std::to_string(place.stage) : place.folder().string();
        if (const auto done = m_nodeOf.find(key); done != m_nodeOf.end()) {
            return done->second;
        }
        m_nodeOf[key] = kNone;
        LineageNode node;
        node.kind = isMask ? Kind::Mask : Kind::Adapter;
        node.title = Text::stage(place.own().kind);
        node.detail = isMask ? Text::percent(place.own().mask.sparsity) : lengthOf(place.own());
        std::error_code ignored; // an adapter that is no longer there is a box all the same
        node.folder = !isMask && fs::exists(place.folder(), ignored) ? place.folder() : fs::path();
        m_recipe[key] = addParents(place, node) + arrow() + (isMask ? node.detail : node.title + QLatin1Char(' ') + node.detail);
        return put(key, std::move(node));
    }

    /// What a stage came from; gives the recipe so far.
    QString addParents(const Place& place, LineageNode& node)
    {
        const StageConfig& own = place.own();
        QString before;
        const auto from = [&](const std::string& key, std::size_t parent) {
            addParent(node, parent);
            before = m_recipe[key];
        };
        const std::int64_t source = sourceOf(place);
        const bool isSparse = experiment::traitsOf(own.kind).isSparse;
        const std::int64_t mask = !isSparse || !own.maskFile.empty() ? -1
                                  : own.maskStage >= 0
                                      ? own.maskStage
                                      : newestBefore(place, [](StageKind kind) { return kind == StageKind::Mask; });
        const auto isStage = [&](std::int64_t stage) {
            return stage >= 0 && stage < static_cast<std::int64_t>(place.stage);
        };
        if (!own.fromAdapter.empty()) {
            from(fs::path(own.fromAdapter).lexically_normal().string(), add(own.fromAdapter));
        } else if (isStage(source) && (!isStage(mask) || own.fromStage >= 0)) {
            from(place.at(source).folder().string(), addStage(place.at(source)));
        }
        if (isStage(mask)) { // the mask came from the LoRI-D before it: its A is taken over from there
            const Place other = place.at(mask);
            from(other.run.string() + "\n" + std::to_string(other.stage), addStage(other));
        } else if (isSparse && !own.maskFile.empty()) {
            const QString file = QFileInfo(QString::fromStdString(own.maskFile)).fileName();
            node.parents.push_back(put("mask\n" + own.maskFile, {Kind::Mask, file, {}, {}, {}, 0, {}}));
        }
        const bool trains = own.kind != StageKind::Mask;
        const QString data = trains ? namesOf(own.sources.empty() ? place.config.data.sources : own.sources) : QString();
        if (before.isEmpty()) {
            const QString model = QString::fromStdString(place.config.model);
            node.parents.push_back(addModel(model));
            before = data.isEmpty() ? Text::model(model) : Text::model(model) + QStringLiteral(" + ") + data;
            addData(node, data);
        } else if (!own.sources.empty() || !own.fromAdapter.empty()) { // else the data of the stage before, as the recipe says
            addData(node, data);
            before += data.isEmpty() ? QString() : QStringLiteral(" + ") + data;
        }
        return before;
    }
    void addData(LineageNode& node, const QString& data)
    {
        if (!data.isEmpty()) {
            node.parents.push_back(addRoot(Kind::Data, data, {}));
        }
    }

    static constexpr std::size_t kNone = SIZE_MAX; ///< what is being added still
    const std::vector<KnownAdapter>& m_known;
    const MergeParents& m_merges;
    std::vector<LineageNode> m_nodes;
    std::map<std::string, std::size_t> m_nodeOf;
    std::map<std::string, QString> m_recipe;
};

} // namespace

QString AdapterLineage::asText() const
{
    QStringList lines;
    for (const LineageNode& node : nodes) {
        QStringList parents;
        for (const std::size_t parent : node.parents) {
            parents.append(nodes[parent].title);
        }
        const QString name = node.detail.isEmpty() ? node.title : tr("%1 (%2)").arg(node.title, node.detail);
        lines.append(parents.isEmpty() ? name : tr("%1 from %2").arg(name, parents.join(QStringLiteral(", "))));
    }
    return lines.join(QStringLiteral("; "));
}

int AdapterLineage::levels() const
{
    int highest = -1;
    for (const LineageNode& node : nodes) {
        highest = std::max(highest, node.level);
    }
    return highest + 1;
}

MergeParents findMergeParents(const Home& home, const HistoryService& history, const std::vector<KnownAdapter>& known)
{
    MergeParents found;
    if (const database::History* snapshot = history.snapshot()) {
        if (const auto rows = database::JobRepository(*snapshot).artifacts("merge")) {
            for (const database::ArtifactRow& row : *rows) {
                for (const database::ArtifactParent& parent : row.parents) {
                    found[row.path].push_back(parent.path);
                }
            }
        }
    }
    for (const KnownAdapter& adapter : known) { // a history that was not read yet, or begun anew: the job itself knows
        if (!adapter.merge) {
            continue;
        }
        std::vector<fs::path>& parents = found[adapter.folder];
        const bool isWhole = std::none_of(parents.begin(), parents.end(), [](const auto& path) { return path.empty(); });
        if (!parents.empty() && isWhole) {
            continue;
        }
        const auto job = jobs::JobFolder::open(home, adapter.folder.parent_path().string());
        const auto record = job ? job->record() : Result<jobs::JobRecord>(job.error());
        if (!record || record->kind != "merge" || !record->options.is_object()) {
            continue;
        }
        parents.clear();
        for (const auto& one : record->options.value("adapters", nlohmann::json::array())) {
            parents.emplace_back(one.is_object() ? one.value("folder", std::string()) : std::string());
        }
    }
    return found;
}

AdapterLineage lineageOf(const KnownAdapter& adapter, const std::vector<KnownAdapter>& known, const MergeParents& merges)
{
    Builder builder(known, merges);
    builder.add(adapter.folder);
    return builder.take(adapter.folder);
}

int othersWithSameA(const KnownAdapter& adapter, const std::vector<KnownAdapter>& known)
{
    if (!adapter.hasSeed) {
        return 0;
    }
    return static_cast<int>(std::count_if(known.begin(), known.end(), [&](const KnownAdapter& other) {
        return other.hasSeed && other.folder != adapter.folder && other.seed == adapter.seed && other.rank == adapter.rank &&
               other.baseFingerprint == adapter.baseFingerprint && (other.runId != adapter.runId || adapter.runId.isEmpty());
    }));
}

} // namespace lori::ui
