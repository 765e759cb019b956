// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/experiment_draft.h"

#include "core/experiment/config_messages.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QUndoCommand>
#include <QUndoStack>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace lori::ui {

using experiment::RunConfig;

namespace {

constexpr quint32 kSeeds = 1'000'000; // few enough to be read and copied, enough not to meet by chance
constexpr int kTypingMs = 1500;       // edits of one field within this time are one undo step

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
    m_config.adapter.projectionSeed = newSeed();
    m_base = m_config;
}

std::uint64_t ExperimentDraft::newSeed()
{
    return QRandomGenerator::global()->bounded(1U, kSeeds);
}

void ExperimentDraft::applyPreset(const experiment::Preset& preset)
{
    RunConfig base = preset.config;
    base.adapter.projectionSeed = newSeed();
    RunConfig config = base;
    config.purpose = m_config.purpose;
    m_unreadable.clear();
    push(tr("choice of preset"), {}, config, base);
}

void ExperimentDraft::startAnew(const experiment::Preset& preset)
{
    RunConfig base = preset.config;
    base.adapter.projectionSeed = newSeed();
    m_unreadable.clear();
    push(tr("new experiment"), {}, base, base);
}

void ExperimentDraft::startFrom(const RunConfig& base, const QString& undoText)
{
    m_unreadable.clear();
    push(undoText, {}, base, base);
}

void ExperimentDraft::setField(const QString& path, const QString& jsonText, const QString& name)
{
    const std::string key = path.toStdString();
    RunConfig config = m_config;
    if (const auto done = experiment::setField(config, key, jsonText.toStdString()); !done) {
        m_unreadable[key] = {key, jsonText, done.error().what, done.error().message, done.error().arguments};
        Q_EMIT changed();
        return;
    }
    m_unreadable.erase(key);
    if (!(config == m_config)) {
        push(tr("change of %1").arg(name.isEmpty() ? path : name), path, std::move(config), m_base);
    } else {
        Q_EMIT changed(); // the same value after a text that was none
    }
}

void ExperimentDraft::setUnreadable(const QString& path, const QString& field, const QString& text, const QString& problem)
{
    const std::string key = path.toStdString();
    if (problem.isEmpty()) {
        m_unreadable.erase(key); // quietly: showing the old value now would wipe out what was typed
        return;
    }
    m_unreadable[key] = {field.toStdString(), text.isNull() ? QStringLiteral("") : text, problem.toStdString(), {}, {}};
    Q_EMIT changed();
}

QString ExperimentDraft::unreadableText(const QString& path) const
{
    const auto found = m_unreadable.find(path.toStdString());
    return found == m_unreadable.end() ? QString() : found->second.text;
}

void ExperimentDraft::edit(const QString& undoText, const std::function<void(RunConfig&)>& change)
{
    RunConfig config = m_config;
    change(config);
    if (!(config == m_config)) {
        push(undoText, undoText, std::move(config), m_base);
    } else {
        Q_EMIT changed();
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
    const nlohmann::json before = experiment::toJson(m_config);
    const nlohmann::json after = experiment::toJson(config);
    std::erase_if(m_unreadable, [&](const auto& each) {
        const auto& [path, unreadable] = each;
        const auto at = pointerOf(unreadable.field);
        if (!after.contains(at)) {
            return true;
        }
        return path == unreadable.field && (!before.contains(at) || before[at] != after[at]);
    });
    m_config = config;
    m_base = base;
    Q_EMIT changed();
}

nlohmann::json ExperimentDraft::state() const
{
    nlohmann::json typed = nlohmann::json::object();
    for (const auto& [path, unreadable] : m_unreadable) {
        typed[path] = {{"field", unreadable.field},
                       {"text", unreadable.text.toStdString()},
                       {"problem", unreadable.problem},
                       {"code", unreadable.code},
                       {"arguments", unreadable.arguments}};
    }
    return {{"version", 1}, {"config", experiment::toJson(m_config)}, {"base", experiment::toJson(m_base)}, {"typed", typed}};
}

bool ExperimentDraft::restore(const nlohmann::json& state)
{
    if (!state.is_object() || state.value("version", nlohmann::json()) != 1 || !state.contains("config") ||
        !state.contains("base")) {
        return false;
    }
    const auto config = experiment::runConfigFromJson(state["config"]);
    const auto base = experiment::runConfigFromJson(state["base"]);
    if (!config || !base) {
        return false;
    }
    m_config = *config;
    m_base = *base;
    m_unreadable.clear();
    const nlohmann::json typed = state.value("typed", nlohmann::json::object());
    const auto textOf = [](const nlohmann::json& each, const char* key) {
        const auto found = each.find(key);
        return found != each.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto argumentsOf = [](const nlohmann::json& each) {
        std::vector<std::string> arguments;
        for (const nlohmann::json& argument : each.value("arguments", nlohmann::json::array())) {
            arguments.push_back(argument.is_string() ? argument.get<std::string>() : std::string());
        }
        return arguments;
    };
    for (const auto& [path, each] : typed.items()) {
        if (each.is_object()) {
            m_unreadable[path] = {textOf(each, "field"), QString::fromStdString(textOf(each, "text")), textOf(each, "problem"),
                                  textOf(each, "code"), argumentsOf(each)};
        }
    }
    Q_EMIT changed();
    return true;
}

std::vector<experiment::ConfigIssue> ExperimentDraft::issues() const
{
    auto all = experiment::validate(m_config);
    const auto& evaluation = m_config.evaluation;
    const auto checks = [](const experiment::ConfigIssue& issue) {
        return issue.path == "evaluation.everySteps";
    };
    if (!evaluation.floors.empty() && evaluation.everySteps == 0 && std::none_of(all.begin(), all.end(), checks)) {
        // only a check during training can pause before the damage is done
        all.push_back(experiment::issueOf("evaluation.everySteps", experiment::messages::kFloorUnwatched));
    }
    for (const auto& [path, unreadable] : m_unreadable) {
        all.push_back({path, unreadable.problem, {}, unreadable.code, unreadable.arguments});
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

namespace {

QString textAt(const RunConfig& config, const QString& path)
{
    const auto parsed = experiment::toJson(config);
    const auto pointer = pointerOf(path.toStdString());
    if (!parsed.contains(pointer)) {
        return {};
    }
    const auto& value = parsed[pointer];
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

} // namespace

bool ExperimentDraft::isWithin(const std::string& path, const std::string& field)
{
    return path.starts_with(field) && (path.size() == field.size() || path[field.size()] == '.' || path[field.size()] == '[');
}

QString ExperimentDraft::valueAtStart(const QString& path) const
{
    return textAt(m_base, path);
}

QString ExperimentDraft::value(const QString& path) const
{
    return textAt(m_config, path);
}

} // namespace lori::ui
