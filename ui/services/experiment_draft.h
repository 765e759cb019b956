// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/run_config.h"

#include <nlohmann/json_fwd.hpp>

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
    /// Begins from a preset, with a frozen A of its own, or from another run's configuration (then `base` is what "changed" is
    /// counted from).
    void applyPreset(const experiment::Preset& preset);
    /// The same for an experiment of which nothing is there yet, its purpose neither.
    void startAnew(const experiment::Preset& preset);
    void startFrom(const experiment::RunConfig& base, const QString& undoText);

    /// Sets one field by its JSON path; the text is JSON. What cannot be read stays an issue of that path, and the configuration
    /// keeps its old value, until a readable value comes. `name` is the field's, for "Undo …"; its path stands in for none.
    void setField(const QString& path, const QString& jsonText, const QString& name = {});
    /// A field (or a part of it, at `path`) holds a text that is no value: an issue of that path, until it is readable or the
    /// field is set in another way. With an empty problem the issue goes, shown by the setField() that follows.
    void setUnreadable(const QString& path, const QString& field, const QString& text, const QString& problem);
    /// The text of a path that is no value; null when there is none.
    [[nodiscard]] QString unreadableText(const QString& path) const;
    /// Any other change, undone as one step.
    void edit(const QString& undoText, const std::function<void(experiment::RunConfig&)>& change);

    /// validate(), a floor that nothing watches, and the unreadable fields, in that order.
    [[nodiscard]] std::vector<experiment::ConfigIssue> issues() const;
    /// JSON paths of the values that differ from what the draft began with.
    [[nodiscard]] std::vector<std::string> changedPaths() const;
    /// Whether a path lies at `field` or inside of it: "stages[1]" holds "stages[1].steps" and not "stages[10].steps".
    [[nodiscard]] static bool isWithin(const std::string& path, const std::string& field);
    /// The text of a value that the draft began with, for "was 0.9"; "" when it had none.
    [[nodiscard]] QString valueAtStart(const QString& path) const;
    /// The same of the draft as it stands.
    [[nodiscard]] QString value(const QString& path) const;

    /// Everything above as JSON, half numbers included; restore() takes it back and is false when it is not from here.
    [[nodiscard]] nlohmann::json state() const;
    [[nodiscard]] bool restore(const nlohmann::json& state);

    /// A new seed for the frozen A, so that experiments which begin from the same preset get different ones.
    [[nodiscard]] static std::uint64_t newSeed();

Q_SIGNALS:
    void changed();

private:
    friend class DraftCommand;
    /// A text without a value goes when its field was changed by something else, or is no longer there.
    void replace(const experiment::RunConfig& config, const experiment::RunConfig& base);
    void push(const QString& text, const QString& mergeKey, experiment::RunConfig config, experiment::RunConfig base);

    QUndoStack* m_undo = nullptr;
    experiment::RunConfig m_config;
    experiment::RunConfig m_base;
    struct Unreadable {
        std::string field;
        QString text;
        std::string problem;
        std::string code; ///< of the CodedMessage that `problem` is; "" when it is already in the window's language
        std::vector<std::string> arguments;
    };
    std::map<std::string, Unreadable> m_unreadable; ///< by path
};

} // namespace lori::ui
