// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/adapter_catalog.h"

#include "core/experiment/run_config.h"
#include "core/formats/adapter_record.h"
#include "core/formats/gguf_adapter.h"
#include "core/support/files.h"
#include "database/job_repository.h"
#include "ui/services/history_service.h"
#include "ui/text.h"

#include <QDateTime>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <set>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestDescription = 16ULL << 20U; ///< bytes; real ones have a few thousand

constexpr std::size_t kMostIncluded = 50;

QString includedKey()
{
    return QStringLiteral("adapters/folders");
}

std::vector<fs::path> foldersIn(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code ignored; // a folder that cannot be read has nothing to show
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.is_directory(ignored)) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

bool isAdapter(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / "adapter_config.json", ignored) || formats::isGgufAdapter(folder);
}

nlohmann::json jsonOf(const fs::path& file)
{
    return nlohmann::json::parse(readTextFile(file, kLargestDescription).value());
}

/// The tensors of an adapter, whatever their file is called, tell its size and when it was made.
void lookAtFiles(KnownAdapter& adapter)
{
    const auto entries = [&] {
        std::vector<fs::path> files;
        std::error_code ignored;
        if (fs::is_regular_file(adapter.folder, ignored)) {
            return std::vector<fs::path>{adapter.folder};
        }
        for (const fs::directory_entry& entry : fs::directory_iterator(adapter.folder, ignored)) {
            files.push_back(entry.path());
        }
        return files;
    };
    for (const fs::path& file : entries()) {
        const QFileInfo info(QString::fromStdString(file.string()));
        if (info.isFile()) {
            adapter.bytes += info.size();
            adapter.madeMs = std::max<std::int64_t>(adapter.madeMs, info.lastModified().toMSecsSinceEpoch());
        }
    }
}

/// The run's name, its tasks, and which of its stages this is.
void nameByRun(KnownAdapter& adapter, const fs::path& run, const experiment::RunConfig& config)
{
    adapter.runId = QString::fromStdString(run.filename().string());
    const std::string stage = adapter.folder.filename().string();
    const auto place = static_cast<std::size_t>(std::atoi(stage.c_str()));
    const QString title = place < config.stages.size() ? Text::stage(config.stages[place].kind) : QString::fromStdString(stage);
    adapter.name = QStringLiteral("%1 · %2").arg(QString::fromStdString(config.name), title);
    for (const experiment::DataSource& source : config.data.sources) {
        adapter.tasks.append(source.task.empty() ? QFileInfo(QString::fromStdString(source.file)).fileName()
                                                 : Text::task(QString::fromStdString(source.task)));
    }
}

} // namespace

namespace {

KnownAdapter describeFile(const fs::path& file)
{
    const formats::GgufAdapterFacts facts = formats::describeGgufAdapter(file).value();
    KnownAdapter adapter;
    adapter.folder = file;
    adapter.name = QString::fromStdString(file.stem().string());
    adapter.method = QString::fromLatin1(experiment::stageKindName(experiment::StageKind::Lora).data());
    adapter.rank = facts.rank;
    adapter.baseModel = QString::fromStdString(facts.baseModel);
    lookAtFiles(adapter);
    return adapter;
}

} // namespace

Result<KnownAdapter> describeAdapter(const fs::path& folder)
{
    return guard([&] {
        if (formats::isGgufFile(folder)) {
            return describeFile(folder);
        }
        if (!isAdapter(folder)) {
            throw Exception(ErrorCode::Unsupported, "the folder holds no adapter",
                            "choose a folder with adapter_config.json, or an adapter's GGUF file", folder.string());
        }
        KnownAdapter adapter;
        adapter.folder = folder;
        adapter.name = QString::fromStdString(folder.filename().string());
        const nlohmann::json config = jsonOf(folder / "adapter_config.json");
        const auto rank = config.find("r");
        adapter.rank = rank != config.end() && rank->is_number_integer() ? rank->get<std::int64_t>() : 0;
        const auto base = config.find("base_model_name_or_path");
        adapter.baseModel =
            base != config.end() && base->is_string() ? QString::fromStdString(base->get<std::string>()) : QString();
        const fs::path recordFile = folder / "lori.json";
        if (std::error_code ignored; fs::exists(recordFile, ignored)) {
            const auto record = formats::recordFromJson(jsonOf(recordFile), recordFile.string());
            adapter.method = QString::fromStdString(record.method);
            adapter.sparsity = record.sparsity;
            adapter.seed = record.projectionSeed;
            adapter.hasSeed = !record.merge && !record.projectionHash.empty();
            adapter.baseFingerprint = record.baseFingerprint;
            adapter.runId = QString::fromStdString(record.parentRun);
            adapter.merge = record.merge;
        }
        lookAtFiles(adapter);
        return adapter;
    });
}

namespace {

/// What a merge was made of, as it is listed: the record has folder names ("1-lori-s"), which the job's options lead to.
QStringList partNames(const fs::path& job, const formats::MergeRecord& merge, const std::vector<KnownAdapter>& known)
{
    const auto text = readTextFile(job / "job.json", kLargestDescription);
    const nlohmann::json described = nlohmann::json::parse(text ? *text : std::string(), nullptr, false);
    const nlohmann::json::json_pointer place("/options/adapters");
    const nlohmann::json folders = !described.is_discarded() && described.contains(place) ? described[place] : nlohmann::json();
    QStringList names;
    for (std::size_t i = 0; i < merge.adapters.size(); ++i) {
        names.append(QString::fromStdString(merge.adapters[i].name));
        if (!folders.is_array() || i >= folders.size() || !folders[i].is_object()) {
            continue;
        }
        const auto said = folders[i].find("folder");
        const fs::path folder = said != folders[i].end() && said->is_string() ? said->get<std::string>() : std::string();
        const auto listed = std::find_if(known.begin(), known.end(), [&](const KnownAdapter& a) {
            return a.folder.lexically_normal() == folder.lexically_normal();
        });
        names.back() = listed != known.end() ? listed->name : names.back();
    }
    return names;
}

} // namespace

std::vector<KnownAdapter> findAdapters(const Home& home, const std::vector<fs::path>& elsewhere)
{
    std::vector<KnownAdapter> found;
    std::set<fs::path> seen;
    const auto add = [&](const fs::path& folder, const std::function<void(KnownAdapter&)>& name) {
        if (!isAdapter(folder) || !seen.insert(folder.lexically_normal()).second) {
            return;
        }
        if (auto adapter = describeAdapter(folder)) { // one that cannot be read is said where it is chosen by hand
            name(*adapter);
            found.push_back(std::move(*adapter));
        }
    };
    for (const fs::path& run : foldersIn(home.runs())) {
        const auto config = experiment::readRunConfig((run / "config.json").string());
        for (const fs::path& folder : foldersIn(run / "adapter")) {
            add(folder, [&](KnownAdapter& adapter) {
                if (config) {
                    nameByRun(adapter, run, *config);
                }
            });
        }
    }
    for (const fs::path& job : foldersIn(home.jobs())) {
        for (const fs::path& folder : foldersIn(job)) {
            add(folder, [&](KnownAdapter& adapter) {
                if (adapter.merge) { // "merged" says nothing of which merge it is
                    const QStringList parts = partNames(job, *adapter.merge, found);
                    adapter.name = parts.size() > 2 // whole, they would leave no room for the other columns
                                       ? QStringLiteral("%1 + … (%2)").arg(parts.front()).arg(parts.size())
                                       : parts.join(QStringLiteral(" + "));
                }
            });
        }
    }
    for (const fs::path& folder : elsewhere) {
        add(folder, [](KnownAdapter&) {});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.madeMs > b.madeMs; });
    return found;
}

AdapterCatalog::AdapterCatalog(Home home, HistoryService& history, QObject* parent)
    : QObject(parent), m_home(std::move(home)), m_history(history)
{
    const QSettings settings(QStringLiteral("LoRI"), QStringLiteral("Workbench"));
    for (const QString& path : settings.value(includedKey()).toStringList()) {
        m_included.emplace_back(path.toStdString()); // one that went is not found, and may come back
    }
    constexpr int kSoon = 2000; // ms
    m_soon = new QTimer(this);
    m_soon->setSingleShot(true);
    m_soon->setInterval(kSoon);
    connect(m_soon, &QTimer::timeout, this, &AdapterCatalog::refresh);
    connect(&m_history, &HistoryService::changed, this, [this] {
        if (!m_read) {
            refresh(); // the first time somebody waits for it
        } else if (!m_soon->isActive()) {
            m_soon->start();
        }
    });
}

const KnownAdapter* AdapterCatalog::find(const fs::path& folder) const
{
    const auto found =
        std::find_if(m_adapters.begin(), m_adapters.end(), [&](const auto& adapter) { return adapter.folder == folder; });
    return found == m_adapters.end() ? nullptr : &*found;
}

void AdapterCatalog::include(const fs::path& folder)
{
    std::erase(m_included, folder);
    m_included.insert(m_included.begin(), folder);
    m_included.resize(std::min(m_included.size(), kMostIncluded));
    keepIncluded();
}

bool AdapterCatalog::isIncluded(const fs::path& folder) const
{
    return std::find(m_included.begin(), m_included.end(), folder) != m_included.end();
}

void AdapterCatalog::exclude(const fs::path& folder)
{
    std::erase(m_included, folder);
    keepIncluded();
}

void AdapterCatalog::keepIncluded()
{
    QStringList paths;
    for (const fs::path& path : m_included) {
        paths << QString::fromStdString(path.string());
    }
    QSettings(QStringLiteral("LoRI"), QStringLiteral("Workbench")).setValue(includedKey(), paths);
    refresh();
}

void AdapterCatalog::refresh()
{
    if (m_reading.isRunning()) { // a run at work changes the history four times a second
        m_again = true;
        return;
    }
    std::vector<fs::path> elsewhere = m_included;
    if (const database::History* history = m_history.snapshot()) {
        if (const auto artifacts = database::JobRepository(*history).artifacts()) {
            for (const database::ArtifactRow& row : *artifacts) {
                if (row.present && (row.kind == "adapter" || row.kind == "merge")) {
                    elsewhere.push_back(row.path);
                }
            }
        }
    }
    m_reading.start([home = m_home, elsewhere](const BackgroundJob::Cancelled&) { return findAdapters(home, elsewhere); },
                    [this](std::vector<KnownAdapter> found) {
                        const bool differs = !m_read || found != m_adapters;
                        m_read = true;
                        m_adapters = std::move(found);
                        if (differs) {
                            Q_EMIT changed();
                        }
                        if (m_again) {
                            m_again = false;
                            refresh();
                        }
                    });
}

} // namespace lori::ui
