// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/experiment_draft.h"

#include <QElapsedTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include <nlohmann/json.hpp>

#include <utility>

namespace lori::ui {

using experiment::RunConfig;

namespace {

constexpr int kTypingMs = 1500; // edits of one field within this time are one undo step

/// "stages[0].mask.sparsity" from JSON pointer tokens.
std::string dotted(const nlohmann::json::json_pointer& pointer)
{
    std::string path;
    std::string token;
    for (const char c : pointer.to_string() + "/") {
        if (c != '/') {
            token += c;
            continue;
        }
        if (token.empty()) {
            continue;
        }
        if (token.find_first_not_of("0123456789") == std::string::npos) {
            path += "[" + token + "]";
        } else {
            path += (path.empty() ? "" : ".") + token;
        }
        token.clear();
    }
    return path;
}

nlohmann::json::json_pointer pointerOf(const std::string& path)
{
    std::string text = "/";
    for (const char c : path) {
        if (c == '.' || c == '[') {
            text += '/';
        } else if (c != ']') {
            text += c;
        }
    }
    return nlohmann::json::json_pointer(text);
}

} // namespace

/// From one configuration to another; quick edits of one field join.
class DraftCommand final : public QUndoCommand {
public:
    struct State {
        RunConfig config;
        RunConfig base;
    };
    DraftCommand(ExperimentDraft& draft, const QString& text, QString mergeKey, State before, State after)
        : QUndoCommand(text),
          m_draft(draft),
          m_mergeKey(std::move(mergeKey)),
          m_before(std::move(before)),
          m_after(std::move(after))
    {
        m_age.start();
    }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = dynamic_cast<const DraftCommand*>(other);
        if (next == nullptr || m_mergeKey.isEmpty() || next->m_mergeKey != m_mergeKey || m_age.elapsed() > kTypingMs) {
            return false;
        }
        m_after = next->m_after;
        m_age.restart();
        return true;
    }
    void redo() override { m_draft.replace(m_after.config, m_after.base); }
    void undo() override { m_draft.replace(m_before.config, m_before.base); }

private:
    ExperimentDraft& m_draft;
    QString m_mergeKey;
    State m_before;
    State m_after;
    QElapsedTimer m_age;
};

ExperimentDraft::ExperimentDraft(QUndoStack* undo, QObject* parent) : QObject(parent), m_undo(undo)
{
    m_config = experiment::presets().front().config;
    m_base = m_config;
}

void ExperimentDraft::applyPreset(const experiment::Preset& preset)
{
    RunConfig config = preset.config;
    config.purpose = m_config.purpose;
    push(tr("choice of preset"), {}, config, preset.config);
}

void ExperimentDraft::startFrom(const RunConfig& base, const QString& undoText)
{
    push(undoText, {}, base, base);
}

void ExperimentDraft::setField(const QString& path, const QString& jsonText)
{
    const std::string key = path.toStdString();
    RunConfig config = m_config;
    if (const auto done = experiment::setField(config, key, jsonText.toStdString()); !done) {
        m_unreadable[key] = done.error().what;
        Q_EMIT changed();
        return;
    }
    const bool wasUnreadable = m_unreadable.erase(key) > 0;
    if (!(config == m_config)) {
        push(tr("change of %1").arg(path), path, std::move(config), m_base);
    } else if (wasUnreadable) {
        Q_EMIT changed();
    }
}

void ExperimentDraft::edit(const QString& undoText, const std::function<void(RunConfig&)>& change)
{
    RunConfig config = m_config;
    change(config);
    if (!(config == m_config)) {
        push(undoText, undoText, std::move(config), m_base);
    }
}

void ExperimentDraft::push(const QString& text, const QString& mergeKey, RunConfig config, RunConfig base)
{
    if (m_undo == nullptr) {
        replace(config, base);
        return;
    }
    m_undo->push(new DraftCommand(*this, text, mergeKey, {m_config, m_base}, {std::move(config), std::move(base)}));
}

void ExperimentDraft::replace(const RunConfig& config, const RunConfig& base)
{
    m_config = config;
    m_base = base;
    m_unreadable.clear();
    Q_EMIT changed();
}

std::vector<experiment::ConfigIssue> ExperimentDraft::issues() const
{
    auto all = experiment::validate(m_config);
    for (const auto& [path, what] : m_unreadable) {
        all.push_back({path, what, {}});
    }
    return all;
}

std::vector<std::string> ExperimentDraft::changedPaths() const
{
    const auto now = experiment::toJson(m_config).flatten();
    const auto then = experiment::toJson(m_base).flatten();
    std::vector<std::string> paths;
    for (const auto& [pointer, value] : now.items()) {
        const bool describes = pointer == "/name" || pointer == "/purpose" || pointer == "/parentRun";
        if (!describes && (!then.contains(pointer) || then[pointer] != value)) {
            paths.push_back(dotted(nlohmann::json::json_pointer(pointer)));
        }
    }
    for (const auto& [pointer, value] : then.items()) {
        if (!now.contains(pointer)) {
            paths.push_back(dotted(nlohmann::json::json_pointer(pointer)));
        }
    }
    return paths;
}

QString ExperimentDraft::valueAtStart(const QString& path) const
{
    const auto json = experiment::toJson(m_base);
    const auto pointer = pointerOf(path.toStdString());
    if (!json.contains(pointer)) {
        return {};
    }
    const auto& value = json[pointer];
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace lori::ui
