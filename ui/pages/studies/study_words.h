// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/recipe.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QString>

namespace lori::ui {

/// What a study and its report say, in the window's language.
class StudyWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::StudyWords)

public:
    /// Of a recipe that the program brings; others as their file says it.
    [[nodiscard]] static QString title(const experiment::RecipeInfo& info);
    [[nodiscard]] static QString explanation(const experiment::RecipeInfo& info);
    /// A cell of a report's table: "34.0 % [22.0–48.0]"; "–" for null.
    [[nodiscard]] static QString cell(const nlohmann::json& cell);
    /// "+0.012 to +0.034", "unknown" for null.
    [[nodiscard]] static QString range(const nlohmann::json& range);
    /// What the rank correlation of a relation says.
    [[nodiscard]] static QString sentence(const nlohmann::json& relation);
    /// "agrees" in the window's language.
    [[nodiscard]] static QString verdict(const std::string& verdict);
};

} // namespace lori::ui
