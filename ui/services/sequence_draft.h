// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/sequence.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <vector>

class QTimer;
class QUndoStack;

namespace lori::ui {

/// The sequence that is being set up. Every change is an undo step, and is kept in a file of the home a moment later, so that
/// neither closing nor killing the window loses it. Without such a file it is the template "safety, then a task".
class SequenceDraft final : public QObject {
    Q_OBJECT

public:
    static constexpr int kDelayMs = 200;

    SequenceDraft(QUndoStack* undo, std::filesystem::path file, QObject* parent = nullptr);
    ~SequenceDraft() override;

    [[nodiscard]] const experiment::SequenceConfig& config() const { return m_config; }
    /// Changes it and measures what is then learned. Changes with the same text right after one another are one undo step.
    void edit(const QString& undoText, const std::function<void(experiment::SequenceConfig&)>& change);
    /// Everything wrong with it: paths as in a sequence's JSON.
    [[nodiscard]] std::vector<experiment::ConfigIssue> issues() const;

Q_SIGNALS:
    void changed();

private:
    friend class SequenceCommand;
    void replace(const experiment::SequenceConfig& config);
    void save();

    QUndoStack* m_undo = nullptr;
    std::filesystem::path m_file;
    experiment::SequenceConfig m_config;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
