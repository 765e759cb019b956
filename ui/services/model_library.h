// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/services/background_job.h"
#include "ui/services/model_description.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lori::ui {

enum class ModelState : std::uint8_t {
    Checking, ///< its headers are being read, or wait for their turn
    Ready,
    Missing, ///< registered, and its files are gone
    Refused, ///< its files are there and cannot be used
};

struct ModelEntry {
    QString name; ///< registered name, or the file's while it is not registered
    std::filesystem::path path;
    ModelState state = ModelState::Checking;
    bool builtIn = false;
    bool registered = false;      ///< else it was refused, or is being checked, and is shown in this session only
    std::optional<Error> problem; ///< why it is Refused or Missing
    std::shared_ptr<const ModelDescription> facts; ///< of a Ready one
};

/// The base models that this home knows, the same as `lori model list`, with what their headers say. Files are read and the list
/// is written in another thread, one thing after the other. Nothing is ever downloaded, and no file of a model is ever changed.
class ModelLibrary final : public QObject {
    Q_OBJECT

public:
    explicit ModelLibrary(Home home, QObject* parent = nullptr);

    /// The built-in model first.
    [[nodiscard]] const std::vector<ModelEntry>& entries() const { return m_entries; }
    /// nullptr when there is none of this name.
    [[nodiscard]] const ModelEntry* find(const QString& name) const;
    /// The ready one with these weights; nullptr for "" and when there is none.
    [[nodiscard]] const ModelEntry* withFingerprint(const std::string& fingerprint) const;
    [[nodiscard]] bool isBusy() const { return m_job.isRunning() || !m_waiting.empty(); }

    /// Reads the list again; models that were not looked at yet, or are found in another state, are checked.
    void refresh();
    /// Reads a model's headers and, when it can be used, registers it under `name`, "" for its file's, and a number behind it
    /// when that is taken. added() or refused() tells. A path that is listed already is checked again.
    void add(const std::filesystem::path& chosen, const QString& name = {});
    /// A registered model lies elsewhere now: its name goes on there, when that can be used.
    void relocate(const QString& name, const std::filesystem::path& chosen);
    /// Takes it off the list; its files stay.
    void remove(const QString& name);

Q_SIGNALS:
    void changed();
    void added(const QString& name);
    void refused(const QString& name);
    /// The list could not be written.
    void failed(const lori::Error& error);

private:
    struct Outcome {
        Result<ModelDescription> facts = Error{};
        Result<void> listed = {}; ///< what became of models.json
    };
    struct Task {
        std::function<Outcome()> work; ///< in another thread
        std::function<void(Outcome)> done;
    };
    void push(Task task);
    void next();
    void check(const QString& name, const std::filesystem::path& path);
    void unlist(const QString& name);
    void take(const QString& name, const std::filesystem::path& path, Outcome outcome);
    [[nodiscard]] QString freeName(QString wanted, const std::filesystem::path& path) const;
    [[nodiscard]] ModelEntry* entry(const QString& name);

    Home m_home;
    std::vector<ModelEntry> m_entries;
    std::deque<Task> m_waiting;
    QStringList m_leaving; ///< names that the file lists still, until their task was done
    BackgroundJob m_job;
};

} // namespace lori::ui
