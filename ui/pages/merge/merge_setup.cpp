// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_setup.h"

#include <nlohmann/json.hpp>

namespace lori::ui {

jobs::JobRecord jobOf(const MergeSetup& setup, const QString& name)
{
    jobs::JobRecord record;
    record.kind = "merge";
    record.name = name.toStdString();
    nlohmann::json adapters = nlohmann::json::array();
    for (std::size_t i = 0; i < setup.adapters.size(); ++i) {
        adapters.push_back({{"folder", setup.adapters[i].string()}, {"weight", setup.weights.at(i)}});
    }
    record.options = {{"adapters", std::move(adapters)}, {"method", setup.method}, {"density", setup.density},
                      {"svdRank", setup.svdRank},        {"seed", setup.seed},     {"signs", setup.signs}};
    return record;
}

Result<MergeSetup> setupOf(const jobs::JobRecord& record)
{
    return guard([&] {
        try {
            MergeSetup setup;
            for (const auto& adapter : record.options.at("adapters")) {
                setup.adapters.emplace_back(adapter.at("folder").get<std::string>());
                setup.weights.push_back(adapter.at("weight").get<double>());
            }
            setup.method = record.options.value("method", setup.method);
            setup.density = record.options.value("density", setup.density);
            setup.svdRank = record.options.value("svdRank", setup.svdRank);
            setup.seed = record.options.value("seed", setup.seed);
            setup.signs = record.options.value("signs", setup.signs);
            return setup;
        } catch (const nlohmann::json::exception&) {
            throw Exception(ErrorCode::BadFile, "this merge does not say its weights", "set it up by hand", record.name);
        }
    });
}

QStringList planArguments(const MergeSetup& setup)
{
    QStringList words{QStringLiteral("merge")};
    for (std::size_t i = 0; i < setup.adapters.size(); ++i) {
        words << QStringLiteral("%1=%2").arg(QString::fromStdString(setup.adapters[i].string()),
                                             QString::number(setup.weights.at(i), 'g', 17));
    }
    words << QStringLiteral("--method") << QString::fromStdString(setup.method);
    words << QStringLiteral("--density") << QString::number(setup.density, 'g', 17);
    words << QStringLiteral("--svd-rank") << QString::number(setup.svdRank);
    words << QStringLiteral("--seed") << QString::number(setup.seed);
    words << QStringLiteral("--signs") << QString::fromStdString(setup.signs);
    words << QStringLiteral("--plan") << QStringLiteral("--json");
    return words;
}

} // namespace lori::ui
