// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <vector>

class QUndoStack;

namespace lori::ui {

/// The one configuration behind the simple form, the advanced form and the preview. A running run is never altered by it.
class ExperimentDraft final : public QObject {
    Q_OBJECT

public:
    explicit ExperimentDraft(QUndoStack* undo, QObject* parent = nullptr);

    [[nodiscard]] const experiment::RunConfig& config() const { return m_config; }
    /// Begins from a preset or from another run's configuration (then `base` is what "changed" is counted from).
    void applyPreset(const experiment::Preset& preset);
    void startFrom(const experiment::RunConfig& base, const QString& undoText);

    /// Sets one field by its JSON path; the text is JSON. What cannot be read stays an issue of that path, and the configuration
    /// keeps its old value, until a readable value comes.
    void setField(const QString& path, const QString& jsonText);
    /// Any other change, undone as one step.
    void edit(const QString& undoText, const std::function<void(experiment::RunConfig&)>& change);

    /// validate() and the unreadable fields, in that order.
    [[nodiscard]] std::vector<experiment::ConfigIssue> issues() const;
    /// JSON paths of the values that differ from what the draft began with.
    [[nodiscard]] std::vector<std::string> changedPaths() const;
    /// The text of a value that the draft began with, for "was 0.9"; "" when it had none.
    [[nodiscard]] QString valueAtStart(const QString& path) const;

Q_SIGNALS:
    void changed();

private:
    friend class DraftCommand;
    void replace(const experiment::RunConfig& config, const experiment::RunConfig& base);
    void push(const QString& text, const QString& mergeKey, experiment::RunConfig config, experiment::RunConfig base);

    QUndoStack* m_undo = nullptr;
    experiment::RunConfig m_config;
    experiment::RunConfig m_base;
    std::map<std::string, std::string> m_unreadable; ///< path → what is wrong
};

} // namespace lori::ui
