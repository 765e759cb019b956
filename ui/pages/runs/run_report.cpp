// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_report.h"

#include "ui/services/error_text.h"
#include "ui/services/run_progress.h"
#include "ui/text.h"
#include "ui/widgets/run_words.h"

#include <QCoreApplication>

namespace lori::ui {

namespace {

/// Holds the context of the texts, "RunReport".
class Words final {
    Q_DECLARE_TR_FUNCTIONS(RunReport)

public:
    static QString head(const ReportedRun& run, const RunProgress& progress)
    {
        QStringList lines{tr("Run: %1 (%2)", "name, folder").arg(run.name, run.id), tr("State: %1").arg(Text::state(run.state))};
        if (progress.failure()) {
            lines.append(tr("Failure: %1").arg(ErrorText::sentence(*progress.failure())));
        }
        return lines.join(QLatin1Char('\n'));
    }
    static QString scores(const RunProgress& progress)
    {
        const auto rate = [](const ScoreValue& score) {
            return Text::rate(score.value, score.low, score.high, score.n);
        };
        QStringList lines{tr("Scores:")};
        for (const auto& [what, change] : progress.changes()) {
            const QString title = scoreTitle({what.first, what.second});
            const QString before = change.before ? rate(*change.before) : tr("not measured");
            const QString now = change.now ? rate(*change.now) : tr("not measured");
            lines.append(tr("%1: %2 → %3", "measure, before, after").arg(title, before, now));
        }
        if (lines.size() == 1) {
            lines.append(tr("none"));
        }
        return lines.join(QLatin1Char('\n'));
    }
    static QString recipe(const QString& text) { return tr("Recipe:") + QLatin1Char('\n') + text; }
    static QString log(const QStringList& lines)
    {
        return tr("Log, its newest lines:") + QLatin1Char('\n') + lines.join(QLatin1Char('\n'));
    }
};

} // namespace

QString runReport(const QString& diagnostics, const ReportedRun& run, const RunProgress& progress)
{
    const QStringList parts{Words::head(run, progress), diagnostics.trimmed(), Words::scores(progress), Words::recipe(run.recipe),
                            Words::log(run.log)};
    return parts.join(QStringLiteral("\n\n")) + QLatin1Char('\n');
}

} // namespace lori::ui
