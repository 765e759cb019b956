// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/journeys/journey.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/services/experiment_draft.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

#include <utility>
#include <vector>

/// What a person without a mouse does again and again.
namespace lori::ui::test::journey {

/// Goes to a widget with Tab and presses the space bar; false when Tab does not reach it, or it is disabled.
inline bool press(QWidget& window, const QString& name)
{
    auto* wanted = window.findChild<QWidget*>(name);
    if (wanted == nullptr || !wanted->isEnabled() || !tabTo(window, wanted)) {
        return false;
    }
    QTest::keyClick(wanted, Qt::Key_Space);
    return true;
}

/// Answers the next file dialog by typing a path and Enter; call it before what opens the dialog.
inline void typeIntoFileDialog(const QString& path)
{
    auto* timer = new QTimer(qApp);
    timer->setInterval(50);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, path] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        auto* name = dialog != nullptr ? dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")) : nullptr;
        if (name == nullptr) {
            return; // not open yet
        }
        timer->stop();
        timer->deleteLater();
        name->setText(path); // letter by letter, the dialog would complete it
        QTest::keyClick(name, Qt::Key_Return);
    });
    timer->start();
}

/// Types values into fields of the advanced form.
inline void fillAdvanced(MainWindow& window, const std::vector<std::pair<QString, int>>& fields)
{
    auto* advanced = window.findChild<QPushButton*>(QStringLiteral("advancedMode"));
    auto* simple = window.findChild<QPushButton*>(QStringLiteral("simpleMode"));
    if (!pageOf<ExperimentPage>(window).isAdvanced()) {
        QVERIFY(tabTo(window, simple)); // Tab reaches the chosen one of the two, an arrow the other
        QTest::keyClick(simple, Qt::Key_Right);
        QCOMPARE(QApplication::focusWidget(), advanced);
        QTest::keyClick(advanced, Qt::Key_Space);
        QVERIFY(pageOf<ExperimentPage>(window).isAdvanced());
    }
    for (const auto& [field, value] : fields) {
        auto* box = window.findChild<QWidget*>(field);
        QVERIFY2(box != nullptr, qPrintable(field));
        QVERIFY2(tabTo(window, box), qPrintable(field));
        typeInto(box, QString::number(value));
    }
}

/// What stands in the way of Start, for a test that fails.
inline QString problemsOf(MainWindow& window)
{
    QStringList found;
    for (const auto& issue : pageOf<ExperimentPage>(window).draft().issues()) {
        found.append(QString::fromStdString(issue.path + ": " + issue.problem));
    }
    return found.join(QLatin1Char('\n'));
}

/// Ctrl+Enter on the Experiment page, and the id of the run that it began; "" when none began.
inline QString startByKeyboard(MainWindow& window)
{
    const QString before = pageOf<RunsPage>(window).shownRun();
    if (!QTest::qWaitFor([&] { return pageOf<ExperimentPage>(window).canStart(); }, patience())) {
        qWarning("%s", qPrintable(problemsOf(window)));
        return {};
    }
    QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
    const bool shown = QTest::qWaitFor(
        [&] { return window.currentPage() == QStringLiteral("runs") && pageOf<RunsPage>(window).shownRun() != before; }, 20'000);
    return shown ? pageOf<RunsPage>(window).shownRun() : QString();
}

} // namespace lori::ui::test::journey
