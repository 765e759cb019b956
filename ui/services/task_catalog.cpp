// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/task_catalog.h"

#include "core/downloads/data_sources.h"
#include "core/tasks/benchmarks.h"
#include "ui/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lori::ui {

namespace {

using tasks::Benchmark;
using tasks::BenchmarkRows;

bool trains(const std::string& task)
{
    const auto sets = tasks::benchmarksOf(task);
    return std::all_of(sets.begin(), sets.end(), [](const Benchmark* set) {
        return set->rows == BenchmarkRows::Choice || set->rows == BenchmarkRows::Question;
    });
}

/// The splits that a use reads.
std::vector<std::string> splitsOf(const Benchmark& set, TaskCatalog::Use use)
{
    if (use == TaskCatalog::Use::Training) {
        return {"train"};
    }
    return set.rows == BenchmarkRows::Prompts ? std::vector<std::string>{"eval_harmful", "eval_benign"}
                                              : std::vector<std::string>{"test"};
}

bool isThere(const Benchmark& set, const std::string& split, const std::filesystem::path& folder)
{
    return guard([&] { return tasks::benchmarkFile(set, split, {folder}); }).has_value();
}

/// The download that brings this split of a set, as the Data page lists it; "" otherwise.
std::string fetchName(const Benchmark& set, const std::string& split)
{
    for (const downloads::DataSource& source : downloads::dataSources()) {
        const bool same =
            source.name == set.name || std::find(set.names.begin(), set.names.end(), source.name) != set.names.end();
        const bool has = std::any_of(source.files.begin(), source.files.end(), [&](const downloads::SourceFile& file) {
            return set.rows == BenchmarkRows::Program || file.target.find("/" + split + ".") != std::string::npos;
        });
        if (same && has) {
            return source.name;
        }
    }
    return {};
}

} // namespace

std::optional<Error> TaskCatalog::problem()
{
    const auto folder = tasks::resourceFolder();
    return folder ? std::nullopt : std::optional(folder.error());
}

std::vector<TaskChoice> TaskCatalog::choices() const
{
    const auto groupTitle = [](const std::string& group) {
        return group == "nlu"      ? tr("Published: language understanding")
               : group == "math"   ? tr("Published: maths")
               : group == "code"   ? tr("Published: code")
               : group == "safety" ? tr("Published: safety")
                                   : tr("Published: %1").arg(QString::fromStdString(group));
    };
    std::vector<TaskChoice> all;
    if (const auto starters = tasks::listTasks()) {
        for (const tasks::TaskInfo& info : *starters) {
            const QString name = QString::fromStdString(info.name);
            const QString title = Text::task(name);
            all.push_back({info.name, title == name ? QString::fromStdString(info.title) : title,
                           QString::fromStdString(info.description), tr("Starter tasks"), false, true});
        }
        const auto place = [](const TaskChoice& task) { // the program's own aim first
            static constexpr std::array<std::string_view, 4> kFirst{"safety", "maths", "language", "code"};
            return std::find(kFirst.begin(), kFirst.end(), task.name) - kFirst.begin();
        };
        std::stable_sort(all.begin(), all.end(), [&](const TaskChoice& a, const TaskChoice& b) { return place(a) < place(b); });
    }
    for (const tasks::TaskInfo& info : tasks::listBenchmarks()) {
        const auto sets = tasks::benchmarksOf(info.name);
        all.push_back({info.name, Text::task(QString::fromStdString(info.name)), QString::fromStdString(info.description),
                       groupTitle(sets.empty() ? std::string() : sets.front()->group), true, trains(info.name)});
    }
    return all;
}

QString TaskCatalog::missing(const std::string& task, Use use, const std::filesystem::path& given) const
{
    const std::filesystem::path folder = given.empty() ? m_home.root / "data" : given;
    const auto sets = tasks::benchmarksOf(task);
    const auto hasMixture = [&] {
        const auto found = guard([&] { return tasks::mixtureFile({folder}).has_value(); });
        return found && *found;
    };
    if (sets.empty() || (use == Use::Training && sets.size() > 1 && hasMixture())) {
        return {};
    }
    QStringList names;
    QStringList fetch;
    bool byHand = false;
    for (const Benchmark* set : sets) {
        for (const std::string& split : splitsOf(*set, use)) {
            if (isThere(*set, split, folder)) {
                continue;
            }
            const QString title = QString::fromStdString(set->title);
            const std::string source = fetchName(*set, split);
            const QString name = source.empty() ? QString() : Text::task(QString::fromStdString(source));
            names << (names.contains(title) ? QString() : title);
            fetch << (fetch.contains(name) ? QString() : name);
            byHand = byHand || name.isEmpty();
        }
    }
    names.removeAll(QString());
    fetch.removeAll(QString());
    if (names.isEmpty()) {
        return {};
    }
    return howToGet(use, names, fetch, byHand, folder);
}

/// What of `folder` is missing, by the sets' names, and how it comes there: what `fetch` names can be fetched.
QString TaskCatalog::howToGet(Use use, const QStringList& names, const QStringList& fetch, bool byHand,
                              const std::filesystem::path& folder)
{
    const QString what =
        use == Use::Training ? tr("the training rows of %1 are not in %2") : tr("the test rows of %1 are not in %2");
    const QString how =
        fetch.isEmpty() ? tr("put their file there")
        : byHand
            ? tr("get what can be fetched (%1) on the Data page, and put the rest there").arg(fetch.join(QStringLiteral(", ")))
            : tr("choose %1 on the Data page and press Get").arg(fetch.join(QStringLiteral(", ")));
    return tr("%1; %2, or choose another task", "what is missing; how to get it")
        .arg(what.arg(names.join(QStringLiteral(", ")), QString::fromStdString(folder.string())), how);
}

} // namespace lori::ui
