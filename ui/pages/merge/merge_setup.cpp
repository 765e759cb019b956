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
