// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/setting_rows.h"

#include "core/events/event_follower.h"
#include "core/experiment/config_fields.h"
#include "core/experiment/config_words.h"
#include "core/experiment/number_text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <type_traits>

namespace lori::ui {
namespace {

class SettingWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::SettingWords)
};

using Settings = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kLookedEvents = 500; ///< what a run reads is said before its first step

template <typename T>
constexpr bool kIsPlain = std::is_enum_v<T> || std::is_arithmetic_v<T> || std::is_same_v<T, std::string>;

template <typename T>
std::string plainText(const T& value)
{
    if constexpr (std::is_enum_v<T>) {
        return std::string(wordOf(value));
    } else if constexpr (std::is_same_v<T, bool>) {
        return value ? "true" : "false";
    } else if constexpr (std::is_floating_point_v<T>) {
        return experiment::numberText(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
        return std::to_string(value);
    } else {
        return value;
    }
}

/// A visitor over visitFields(): writes down each field with its path.
class Lister final {
public:
    Lister(std::string path, Settings& out) : m_path(std::move(path)), m_out(out) {}

    template <typename T>
    void operator()(const char* name, T& field)
    {
        list(m_path.empty() ? name : m_path + "." + name, field);
    }

private:
    template <typename T>
    void list(const std::string& path, T& field)
    {
        if constexpr (kIsPlain<T>) {
            m_out.emplace_back(path, plainText(field));
        } else {
            Lister inner(path, m_out);
            experiment::visitFields(inner, field);
        }
    }
    template <typename T>
    void list(const std::string& path, std::vector<T>& entries)
    {
        if constexpr (kIsPlain<T>) {
            std::string text;
            for (const T& entry : entries) {
                text += (text.empty() ? "" : ", ") + plainText(entry);
            }
            m_out.emplace_back(path, text);
        } else {
            for (std::size_t i = 0; i < entries.size(); ++i) {
                list(path + "[" + std::to_string(i) + "]", entries[i]);
            }
        }
    }

    std::string m_path;
    Settings& m_out;
};

/// The values of a configuration that a newer or an older program wrote, by their JSON alone.
void listJson(const std::string& path, const nlohmann::json& value, Settings& out)
{
    if (value.is_object()) {
        for (const auto& [name, entry] : value.items()) {
            std::string inner = path;
            inner.append(path.empty() ? "" : ".").append(name);
            listJson(inner, entry, out);
        }
    } else if (value.is_array() && !value.empty() && value.front().is_structured()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            std::string inner = path;
            inner.append("[").append(std::to_string(i)).append("]");
            listJson(inner, value[i], out);
        }
    } else {
        out.emplace_back(path, value.is_string() ? value.get<std::string>()
                                                 : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
}

Settings inputsOf(const std::filesystem::path& folder)
{
    Settings inputs;
    events::EventFollower follower(folder / "events.jsonl");
    const auto first = follower.poll(kLookedEvents); // a folder that is gone tells nothing
    if (!first) {
        return inputs;
    }
    for (const events::Event& event : *first) {
        if (const auto* read = std::get_if<events::Inputs>(&event.payload); read != nullptr && inputs.empty()) {
            for (const events::InputFile& file : read->files) {
                inputs.emplace_back(file.what + ": " + file.name, file.sha256);
            }
        }
    }
    return inputs;
}

/// Adds a row for each name that a column has, new names behind their forerunner in their own column.
void addRows(std::vector<SettingRow>& rows, std::size_t begin, const Settings& column, std::size_t place, std::size_t columns,
             const std::function<QString(const std::string&)>& title)
{
    std::size_t after = begin;
    for (const auto& [name, value] : column) {
        const QString shown = title(name);
        auto found = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.end(),
                                  [&](const SettingRow& row) { return row.name == shown; });
        if (found == rows.end()) {
            SettingRow row{shown, QStringList()};
            row.values.fill(QString(), static_cast<qsizetype>(columns));
            found = rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(std::min(after, rows.size())), std::move(row));
        }
        found->values[static_cast<qsizetype>(place)] = QString::fromStdString(value);
        after = static_cast<std::size_t>(found - rows.begin()) + 1;
    }
}

} // namespace

std::vector<std::pair<std::string, std::string>> settingsOf(const experiment::RunConfig& config)
{
    experiment::RunConfig copy = config; // visitors see fields as mutable
    Settings settings;
    Lister lister({}, settings);
    experiment::visitFields(lister, copy);
    return settings;
}

SettingColumn settingsOf(const database::RunDetail& run)
{
    SettingColumn column;
    const nlohmann::json parsed = nlohmann::json::parse(run.configJson, nullptr, false);
    if (const auto config = experiment::runConfigFromJson(parsed)) {
        column.settings = settingsOf(*config);
    } else if (!parsed.is_discarded()) {
        listJson({}, parsed, column.settings);
    }
    column.inputs = inputsOf(run.summary.folder);
    for (const database::StageRow& stage : run.stages) {
        if (stage.seal) {
            column.fingerprint = stage.seal->baseHash;
        }
    }
    if (run.machine) {
        column.program = run.machine->program;
        column.computer = run.machine->host + ", " + (run.machine->device == "cpu" ? run.machine->cpu : run.machine->gpu);
    }
    return column;
}

bool SettingRow::differs() const
{
    return std::any_of(values.begin(), values.end(), [this](const QString& value) { return value != values.front(); });
}

std::vector<SettingRow> settingRows(const std::vector<SettingColumn>& columns)
{
    std::vector<SettingRow> rows;
    const auto asItIs = [](const std::string& name) {
        return QString::fromStdString(name);
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        addRows(rows, 0, columns[i].settings, i, columns.size(), asItIs);
    }
    const std::size_t facts = rows.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        addRows(rows, facts, columns[i].inputs, i, columns.size(), [](const std::string& name) {
            return SettingWords::tr("SHA-256 of %1", "a file that was read").arg(QString::fromStdString(name));
        });
        const Settings machine{{"model", columns[i].fingerprint}, {"program", columns[i].program}, {"here", columns[i].computer}};
        addRows(rows, facts, machine, i, columns.size(), [](const std::string& name) {
            return name == "model"     ? SettingWords::tr("SHA-256 of the base model")
                   : name == "program" ? SettingWords::tr("Program")
                                       : SettingWords::tr("Computer");
        });
    }
    return rows;
}

} // namespace lori::ui
