// SPDX-License-Identifier: GPL-3.0-or-later
// Who helps with a run gets everything about it with one click.
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/runs/run_log.h"
#include "ui/services/error_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QTabWidget>

using namespace lori;
using namespace lori::ui;
using ui::test::kPatience;
using ui::test::PreparedRun;
using ui::test::WindowFixture;

class RunReportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReportOfARunHoldsWhatAHelperAsksFor()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "Capitals", 400);
        run.score(-1, 0, "safety", "refusal_rate", {{"a", "sure"}, {"b", "sure"}, {"c", "sure"}, {"d", "no", true}}, true);
        run.write(events::StageStarted{.stage = 0, .name = "LoRI-D", .kind = "lori-d", .steps = 400});
        run.losses(0, std::vector<double>(300, 2.5));
        run.score(0, 300, "safety", "refusal_rate", {{"a", "no", true}, {"b", "no", true}, {"c", "no", true}, {"d", "no", true}},
                  false);
        const Error failure{ErrorCode::OutOfMemory, "there is no memory left", "use fewer rows per step", "step 301"};
        run.write(events::failedOf(failure));
        const auto window = fixture.makeWindow();
        window->begin();
        window->showRun(run.id());
        auto* log = window->findChild<RunLog*>();
        QTRY_VERIFY_WITH_TIMEOUT(log->toPlainText().contains(QStringLiteral("Failed: ")), kPatience);
        window->findChild<QTabWidget*>(QStringLiteral("runTabs"))->setCurrentIndex(3);
        auto* button = window->findChild<QPushButton*>(QStringLiteral("copyRunReport"));
        QVERIFY(button != nullptr && button->isVisible() && button->focusPolicy() != Qt::NoFocus);
        QVERIFY(log->isVisible());
        button->click();
        const QString report = QGuiApplication::clipboard()->text();
        for (const QString& part : {QStringLiteral("Run: Capitals (%1)").arg(run.id()), QStringLiteral("State: Failed"),
                                    QStringLiteral("Failure: ") + ErrorText::sentence(failure), QStringLiteral("LoRI Workbench "),
                                    QStringLiteral("25 % [25–25] of 4 → 100 % [100–100] of 4"), QStringLiteral("\"stages\""),
                                    QStringLiteral("Step 300: "), QStringLiteral("Failed: ")}) {
            QVERIFY2(report.contains(part), qPrintable(part + QStringLiteral(" in ") + report.left(1500)));
        }
        QVERIFY(!report.contains(QStringLiteral("Step 100: "))); // the newest 200 lines: 198 steps, a score and the failure
        QVERIFY(report.contains(QStringLiteral("Step 103: ")) && !report.contains(QStringLiteral("Step 102: ")));
        QVERIFY2(fixture.context.messages->text().contains(QStringLiteral("“Capitals” is on the clipboard")),
                 qPrintable(fixture.context.messages->text()));
    }
};

LORI_TEST(RunReportTest)
#include "run_report_test.moc"
