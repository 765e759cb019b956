// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_name.h"

#include "ui/text.h"

#include <algorithm>
#include <filesystem>

namespace lori::ui {

namespace {

constexpr int kLongest = 200; // what a configuration allows

QString nameOf(const std::string& source)
{
    if (!RunName::isFile(source)) {
        return Text::task(QString::fromStdString(source));
    }
    std::filesystem::path stem = std::filesystem::path(source).stem();
    if (stem.has_extension()) { // rows.jsonl.gz
        stem = stem.stem();
    }
    return QString::fromStdString(stem.string());
}

bool isPresets(const QString& name)
{
    const auto& all = experiment::presets();
    return std::any_of(all.begin(), all.end(), [&](const experiment::Preset& preset) {
        return name == QString::fromStdString(preset.config.name) || name == Text::presetTitle(preset);
    });
}

} // namespace

bool RunName::isFile(const std::string& source)
{
    const std::filesystem::path path(source);
    return path.has_parent_path() || path.has_extension();
}

QString RunName::ofSources(const std::vector<std::string>& sources)
{
    if (sources.empty()) {
        return {};
    }
    const QString first = nameOf(sources.front());
    const auto more = static_cast<int>(sources.size()) - 1;
    return more == 0 ? first : tr("%1 and %n more", nullptr, more).arg(first);
}

QString RunName::ofData(const experiment::RunConfig& config)
{
    std::vector<std::string> names;
    for (const experiment::DataSource& source : config.data.sources) {
        const std::string& name = source.task.empty() ? source.file : source.task;
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    return ofSources(names).left(kLongest);
}

void RunName::follow(experiment::RunConfig& changed, const experiment::RunConfig& before)
{
    const QString old = QString::fromStdString(before.name);
    const QString named = ofData(changed);
    if (!named.isEmpty() && (old.isEmpty() || isPresets(old) || old == ofData(before))) {
        changed.name = named.toStdString();
    }
}

} // namespace lori::ui
