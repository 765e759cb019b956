// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/column_roles.h"

namespace lori::ui {

namespace {

std::string* nameIn(experiment::ColumnMapping& mapping, ColumnRole role)
{
    switch (role) {
    case ColumnRole::Instruction:
        return &mapping.instruction;
    case ColumnRole::Input:
        return &mapping.input;
    case ColumnRole::Answer:
        return &mapping.output;
    case ColumnRole::System:
        return &mapping.system;
    case ColumnRole::History:
        return &mapping.history;
    case ColumnRole::Conversation:
        return &mapping.messages;
    case ColumnRole::None:
        break;
    }
    return nullptr;
}

} // namespace

QStringList ColumnRoles::names()
{
    return {tr("Instruction"),
            tr("Input"),
            tr("Answer"),
            tr("System"),
            tr("Earlier turns"),
            tr("Conversation"),
            tr("–", "a column that is not used")};
}

ColumnRole ColumnRoles::roleOf(const experiment::ColumnMapping& mapping, const std::string& column)
{
    experiment::ColumnMapping copy = mapping;
    for (const ColumnRole role : kAll) {
        const std::string* name = nameIn(copy, role);
        if (name != nullptr && !column.empty() && *name == column) {
            return role;
        }
    }
    return ColumnRole::None;
}

void ColumnRoles::setRole(experiment::ColumnMapping& mapping, const std::string& column, ColumnRole role)
{
    for (const ColumnRole each : kAll) {
        std::string* name = nameIn(mapping, each);
        if (name != nullptr && *name == column) {
            name->clear();
        }
    }
    if (role == ColumnRole::Conversation) {
        for (const ColumnRole other : {ColumnRole::Instruction, ColumnRole::Input, ColumnRole::Answer, ColumnRole::History}) {
            nameIn(mapping, other)->clear();
        }
    } else if (role != ColumnRole::None && role != ColumnRole::System) {
        mapping.messages.clear();
    }
    if (std::string* name = nameIn(mapping, role)) {
        *name = column;
    }
}

QString ColumnRoles::missing(const experiment::ColumnMapping& mapping)
{
    if (!mapping.messages.empty() || (!mapping.instruction.empty() && !mapping.output.empty())) {
        return {};
    }
    return !mapping.output.empty()        ? tr("Choose the column that holds the instruction, or the question.")
           : !mapping.instruction.empty() ? tr("Choose the column that holds the answer.")
                                          : tr("Choose the columns that hold the instruction and the answer.");
}

} // namespace lori::ui
