// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"

#include <QObject>
#include <QStringList>

#include <nlohmann/json.hpp>

#include <functional>

namespace lori::ui {

/// What `lori … --json` wrote: its object, or the error that it says. Errors: BadFile (`where` names `command`) when it says
/// neither.
[[nodiscard]] Result<nlohmann::json> readAnswer(const QByteArray& text, const std::string& command);

/// Runs the worker program with these arguments and --json and hands over its answer, on the event loop; for work of a moment
/// that needs the engine. The process ends with `context`. Errors handed over: NotFound without a worker program, Io when it does
/// not start, those of readAnswer().
void askLori(const QStringList& arguments, QObject* context, std::function<void(const Result<nlohmann::json>&)> then);

} // namespace lori::ui
