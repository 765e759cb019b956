// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <filesystem>

class QTimer;

namespace lori::ui {

class ExperimentDraft;

/// Keeps the draft in a file of the home, so that neither closing nor killing the window loses what was set. Written whole or not
/// at all, a moment after each change.
class DraftStore final : public QObject {
    Q_OBJECT

public:
    /// How long after a change the file is written, in milliseconds.
    static constexpr int kDelayMs = 200;

    /// Takes over what the file holds; a file that is not there, or not readable, changes nothing.
    DraftStore(ExperimentDraft& draft, std::filesystem::path file, QObject* parent);
    ~DraftStore() override;

private:
    void load();
    void save();

    ExperimentDraft& m_draft;
    std::filesystem::path m_file;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
