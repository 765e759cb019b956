// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/adapter_files.h"
#include "core/jobs/job_folder.h"
#include "ui/services/background_job.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

class QTimer;

namespace lori::ui {

class HistoryService;

/// An adapter's folder as its two descriptions tell it; its tensors are not read.
struct KnownAdapter {
    std::filesystem::path folder; ///< or a GGUF file
    QString name;                 ///< the run's name and the stage, or the folder's name
    QString method;               ///< "lori-d", "lori-s", "lora", "merged" …; "" when made elsewhere
    double sparsity = 0;          ///< 0–1; 0 when dense
    std::int64_t rank = 0;        ///< 0 when it has none (IA3)
    std::uint64_t seed = 0;       ///< of the frozen A
    bool hasSeed = false;         ///< false for merges and adapters made elsewhere
    QString baseModel;            ///< name or path that PEFT's configuration has
    std::string baseFingerprint;  ///< "" when made elsewhere
    QString runId;                ///< "" for one that no run of this home made
    QStringList tasks;            ///< what the run trained on: tasks, or data files' names
    std::int64_t madeMs = 0;      ///< Unix time of its tensors' file
    std::int64_t bytes = 0;       ///< of its files
    std::optional<formats::MergeRecord> merge;
    bool operator==(const KnownAdapter& other) const
    {
        return folder == other.folder && madeMs == other.madeMs && name == other.name;
    }
};

/// Adapters of all runs and merges of a home, and of `elsewhere`, newest first. Reads two small files an adapter.
[[nodiscard]] std::vector<KnownAdapter> findAdapters(const Home& home, const std::vector<std::filesystem::path>& elsewhere = {});
/// One folder with adapter_config.json, or a GGUF file that llama.cpp reads as an adapter. Errors: NotFound, BadFile, Unsupported
/// (neither of them, or more than A and B).
[[nodiscard]] Result<KnownAdapter> describeAdapter(const std::filesystem::path& folder);

/// The adapters a person can choose from: read in another thread, and again some seconds after the history changed, which a run
/// at work does four times a second.
class AdapterCatalog final : public QObject {
    Q_OBJECT

public:
    /// The history outlives this object; merges that lie outside of the home are found through it.
    AdapterCatalog(Home home, HistoryService& history, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<KnownAdapter>& adapters() const { return m_adapters; }
    /// nullptr when it is none of them.
    [[nodiscard]] const KnownAdapter* find(const std::filesystem::path& folder) const;
    /// False until they were read the first time.
    [[nodiscard]] bool isRead() const { return m_read; }
    /// Reads again now; changed() tells.
    void refresh();
    /// A folder that a person opened is known too, also after a restart: the window's settings keep the newest fifty.
    void include(const std::filesystem::path& folder);
    /// Whether it is known because a person opened it.
    [[nodiscard]] bool isIncluded(const std::filesystem::path& folder) const;
    /// Takes such a folder off the list; its files stay where they are.
    void exclude(const std::filesystem::path& folder);

Q_SIGNALS:
    void changed();

private:
    void keepIncluded();

    Home m_home;
    HistoryService& m_history;
    std::vector<KnownAdapter> m_adapters;
    std::vector<std::filesystem::path> m_included;
    bool m_read = false;
    bool m_again = false; ///< asked for while reading
    QTimer* m_soon = nullptr;
    BackgroundJob m_reading;
};

} // namespace lori::ui
