// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/diagnostics.h"

#include "core/jobs/job_kind.h"
#include "core/jobs/job_life.h"
#include "database/history.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/machine_facts.h"
#include "ui/theme.h"

#include <QApplication>
#include <QFontInfo>
#include <QLocale>
#include <QScreen>
#include <QStringList>
#include <QStyle>
#include <QSysInfo>

#include <map>

namespace lori::ui {

namespace {

QString gigabytes(std::int64_t bytes)
{
    return QString::number(static_cast<double>(bytes) / 1e9, 'f', 1) + QStringLiteral(" GB");
}

QString runsByState(HistoryService& history)
{
    const auto runs = history.list();
    if (!runs) {
        return QStringLiteral("the history cannot be read: %1").arg(QString::fromUtf8(codeName(runs.error().code)));
    }
    std::map<std::string, int> counts;
    for (const database::RunSummary& run : *runs) {
        ++counts[run.trashedMs ? "in the trash" : std::string(jobs::jobStateName(run.state))];
    }
    QStringList parts;
    for (const auto& [state, count] : counts) {
        parts.append(QStringLiteral("%1 %2").arg(count).arg(QString::fromStdString(state)));
    }
    return parts.isEmpty() ? QStringLiteral("none") : parts.join(QStringLiteral(", "));
}

} // namespace

QString diagnosticsText(const AppContext& context)
{
    const MachineFacts machine = MachineFacts::read(context.home.root);
    QStringList lines{
        QStringLiteral("LoRI Workbench %1").arg(QStringLiteral(LORI_VERSION)),
        QStringLiteral("Qt %1 (built with %2), %3")
            .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR), QGuiApplication::platformName()),
        QStringLiteral("SQLite %1").arg(QString::fromStdString(database::sqliteVersion())),
        QStringLiteral("%1, %2 %3, %4")
            .arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(), QSysInfo::kernelVersion(),
                 QSysInfo::currentCpuArchitecture()),
        QStringLiteral("processor: %1, %2 cores").arg(QString::fromStdString(jobs::thisMachine("").cpu)).arg(machine.cores),
        QStringLiteral("graphics: %1").arg(machine.gpu.isEmpty() ? QStringLiteral("none for training") : machine.gpu),
        QStringLiteral("memory: %1, %2 free; disk: %3 free")
            .arg(gigabytes(machine.memoryBytes), gigabytes(machine.freeMemoryBytes), gigabytes(machine.freeDiskBytes))};
    for (const QScreen* screen : QGuiApplication::screens()) {
        lines.append(QStringLiteral("screen: %1 × %2, ratio %3, %4 dots per inch")
                         .arg(screen->geometry().width())
                         .arg(screen->geometry().height())
                         .arg(screen->devicePixelRatio())
                         .arg(screen->logicalDotsPerInch()));
    }
    lines.append(QStringLiteral("style: %1, %2, letters of %3 points")
                     .arg(QApplication::style()->name(),
                          isDark(QApplication::palette()) ? QStringLiteral("dark") : QStringLiteral("light"))
                     .arg(QFontInfo(QApplication::font()).pointSizeF()));
    lines.append(QStringLiteral("language: %1").arg(QLocale().name()));
    lines.append(
        QStringLiteral("runs: %1").arg(context.history != nullptr ? runsByState(*context.history) : QStringLiteral("not read")));
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace lori::ui
