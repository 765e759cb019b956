// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/error.h"

#include <QCoreApplication>
#include <QString>

namespace lori::ui {

/// Sentences of the core in the window's language. What has no translation is shown as the core says it.
class ErrorText final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ErrorText)

public:
    /// "must be between 1 and 1024, is 0"
    [[nodiscard]] static QString problem(const experiment::ConfigIssue& issue);
    /// What kind of failure it is, then the core's own sentence.
    [[nodiscard]] static QString sentence(const Error& error);
    /// The kind alone: "A file is damaged or of another kind".
    [[nodiscard]] static QString kind(ErrorCode code);
};

} // namespace lori::ui
