// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/opened_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QUrl>

namespace lori::ui {

namespace {

constexpr QLatin1String kHistory("history"); // ids of page_table.h
constexpr QLatin1String kModels("models");
constexpr QLatin1String kData("data");
constexpr QLatin1String kExperiment("experiment");
constexpr qint64 kLargestRecipe = 1'000'000; // bytes; a recipe has some thousand

/// Whether the file holds a run's configuration: one JSON object with a list of stages.
bool isRecipe(const QString& path)
{
    QFile file(path);
    if (!path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) || file.size() > kLargestRecipe ||
        !file.open(QIODevice::ReadOnly)) {
        return false;
    }
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("stages")).isArray();
}

bool isModelFolder(const QDir& folder)
{
    const bool isRun = folder.exists(QStringLiteral("events.jsonl")); // has a config.json of another kind
    return folder.exists(QStringLiteral("adapter_config.json")) || (folder.exists(QStringLiteral("config.json")) && !isRun) ||
           !folder.entryList({QStringLiteral("*.gguf")}, QDir::Files).isEmpty();
}

bool isRows(const QString& name)
{
    static const QStringList kEndings{QStringLiteral("jsonl"), QStringLiteral("ndjson"), QStringLiteral("json"),
                                      QStringLiteral("csv"),   QStringLiteral("tsv"),    QStringLiteral("parquet"),
                                      QStringLiteral("arrow"), QStringLiteral("feather")};
    const QString unpacked = name.endsWith(QLatin1String(".gz")) ? name.chopped(3) : name;
    return kEndings.contains(QFileInfo(unpacked).suffix());
}

} // namespace

std::optional<OpenedFiles::Place> OpenedFiles::placeOf(const QString& path)
{
    const QFileInfo file(path);
    const QString name = file.fileName().toLower();
    if (file.isDir()) {
        if (const QString recipe = QDir(path).filePath(QStringLiteral("config.json")); isRecipe(recipe)) {
            return Place{kExperiment, recipe};
        }
        return isModelFolder(QDir(path)) ? std::optional<Place>({kModels, path}) : std::nullopt;
    }
    if (!file.exists()) {
        return std::nullopt;
    }
    if (name.endsWith(QLatin1String(".lori"))) {
        return Place{kHistory, path};
    }
    if (name.endsWith(QLatin1String(".gguf"))) {
        return Place{kModels, path};
    }
    if (isRecipe(path)) {
        return Place{kExperiment, path};
    }
    if (name == QLatin1String("config.json") || name == QLatin1String("adapter_config.json") ||
        name.endsWith(QLatin1String(".safetensors"))) {
        return placeOf(file.absolutePath());
    }
    return isRows(name) ? std::optional<Place>({kData, path}) : std::nullopt;
}

QStringList OpenedFiles::dragged(const QMimeData& data)
{
    QStringList files;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) {
            files << QDir::cleanPath(url.toLocalFile());
        }
    }
    return files;
}

QStringList OpenedFiles::draggedFor(const QMimeData& data, const QString& page)
{
    QStringList files;
    for (const QString& file : dragged(data)) {
        if (const auto place = placeOf(file); !place || place->page == page) {
            files << file;
        }
    }
    return files;
}

} // namespace lori::ui
