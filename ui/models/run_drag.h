// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <memory>

class QMimeData;

namespace lori::ui {

/// Runs on their way from a list to a place that takes runs, by their ids.
[[nodiscard]] std::unique_ptr<QMimeData> runsAsMime(const QStringList& ids);
/// The ids of the runs that are dragged; empty when it is something else.
[[nodiscard]] QStringList runsIn(const QMimeData& data);

} // namespace lori::ui
