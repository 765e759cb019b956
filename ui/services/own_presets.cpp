// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/own_presets.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <QDir>

#include <system_error>

namespace lori::ui {

namespace {

constexpr int kVersion = 1;
constexpr int kLongestName = 80;
constexpr std::uint64_t kMostBytes = 1U << 20U;

} // namespace

std::filesystem::path OwnPresets::fileOf(const QString& name) const
{
    return m_folder / (name + QStringLiteral(".json")).toStdString();
}

bool OwnPresets::isUsable(const QString& name)
{
    if (name.isEmpty() || name.size() > kLongestName || name.startsWith(QLatin1Char('.')) || name != name.trimmed()) {
        return false;
    }
    return std::none_of(name.begin(), name.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || QStringLiteral("/\\:*?\"<>|").contains(c);
    });
}

QStringList OwnPresets::names() const
{
    QStringList result;
    const QDir folder(QString::fromStdString(m_folder.string()));
    for (const QString& file :
         folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name | QDir::IgnoreCase | QDir::LocaleAware)) {
        const QString name = file.chopped(5);
        if (isUsable(name) && read(name)) {
            result.append(name);
        }
    }
    return result;
}

Result<experiment::RunConfig> OwnPresets::read(const QString& name) const
{
    if (!isUsable(name)) {
        return Error{ErrorCode::NotFound, "there is no preset of this name", "choose one of the list", name.toStdString()};
    }
    const auto file = fileOf(name);
    const auto text = readTextFile(file, kMostBytes);
    if (!text) {
        return text.error();
    }
    const auto document = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (!document.is_object() || !document.contains("preset") || !document.contains("config") ||
        !document["preset"].is_number_integer()) {
        return Error{ErrorCode::BadFile, "this file holds no preset", "save the preset again", file.string()};
    }
    if (document["preset"].get<std::int64_t>() > kVersion) {
        return Error{ErrorCode::NewerVersion, "this preset was kept by a newer program",
                     "use that program, or save it again here", file.string()};
    }
    return experiment::runConfigFromJson(document["config"]);
}

Result<void> OwnPresets::save(const QString& name, const experiment::RunConfig& config) const
{
    if (!isUsable(name)) {
        return Error{ErrorCode::InvalidArgument, "this name cannot be kept as a file's",
                     "use up to 80 letters, none of / \\ : * ? \" < > |", name.toStdString()};
    }
    std::error_code ignored; // writing says it when there is no folder
    std::filesystem::create_directories(m_folder, ignored);
    return writeFileAtomically(
        fileOf(name), nlohmann::ordered_json{{"preset", kVersion}, {"config", experiment::toJson(config)}}.dump(2) + "\n");
}

Result<void> OwnPresets::remove(const QString& name) const
{
    std::error_code problem;
    if (isUsable(name) && std::filesystem::remove(fileOf(name), problem)) {
        return {};
    }
    if (problem) {
        return errorFromErrno(problem.value(), "removing the preset", fileOf(name));
    }
    return Error{ErrorCode::NotFound, "there is no preset of this name", "choose one of the list", name.toStdString()};
}

} // namespace lori::ui
