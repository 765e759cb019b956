// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/run_config.h"
#include "core/support/error.h"

#include <QCoreApplication>
#include <QString>

#include <string_view>

namespace lori::ui {

/// Sentences of the core in the window's language, found by the code of the core's CodedMessage. Text without a code is shown as
/// the core says it.
class ErrorText final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ErrorText)

public:
    /// "must be between 1 and 1024, is 0"
    [[nodiscard]] static QString problem(const experiment::ConfigIssue& issue);
    /// A CodedMessage with this code can be said in the window's language.
    [[nodiscard]] static bool knows(std::string_view code);
    /// What kind of failure it is, then what happened.
    [[nodiscard]] static QString sentence(const Error& error);
    /// The kind alone: "A file is damaged or of another kind".
    [[nodiscard]] static QString kind(ErrorCode code);
};

} // namespace lori::ui
