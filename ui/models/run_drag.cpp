// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_drag.h"

#include <QMimeData>

namespace lori::ui {

namespace {

constexpr QLatin1String kRuns("application/x-lori-runs");

} // namespace

std::unique_ptr<QMimeData> runsAsMime(const QStringList& ids)
{
    auto data = std::make_unique<QMimeData>();
    data->setData(kRuns, ids.join(QLatin1Char('\n')).toUtf8());
    data->setText(ids.join(QLatin1Char('\n'))); // for a terminal: `lori history show` takes an id
    return data;
}

QStringList runsIn(const QMimeData& data)
{
    return data.hasFormat(kRuns) ? QString::fromUtf8(data.data(kRuns)).split(QLatin1Char('\n'), Qt::SkipEmptyParts)
                                 : QStringList();
}

} // namespace lori::ui
