// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/data_config.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <array>
#include <string>

namespace lori::ui {

/// What a column of a data file can be. None is the last one of a header's list, as of this enumeration.
enum class ColumnRole { Instruction, Input, Answer, System, History, Conversation, None };

/// A mapping of columns as a person changes it, column by column.
class ColumnRoles final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ColumnRoles)

public:
    static constexpr std::array kAll{ColumnRole::Instruction, ColumnRole::Input,        ColumnRole::Answer, ColumnRole::System,
                                     ColumnRole::History,     ColumnRole::Conversation, ColumnRole::None};

    /// "Instruction", "Input", … "–", in the order of kAll.
    [[nodiscard]] static QStringList names();
    [[nodiscard]] static ColumnRole roleOf(const experiment::ColumnMapping& mapping, const std::string& column);
    /// Gives a column this role and takes it from the column that had it. A conversation holds question and answer itself, so it
    /// takes their roles from other columns, and they take its.
    static void setRole(experiment::ColumnMapping& mapping, const std::string& column, ColumnRole role);
    /// What is missing before rows can be read, in one sentence; "" when nothing is.
    [[nodiscard]] static QString missing(const experiment::ColumnMapping& mapping);
};

} // namespace lori::ui
