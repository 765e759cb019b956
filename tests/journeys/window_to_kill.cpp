// SPDX-License-Identifier: GPL-3.0-or-later
// Test equipment: a whole window over the home in argv[1] that starts a run of argv[2] steps per stage, says the run's id on
// standard output, and stays open until somebody ends it. The journey kills it.
#include "tests/ui/window_fixture.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"

#include <QApplication>

#include <cstdio>

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "window_to_kill HOME STEPS\n");
        return 2;
    }
    lori::ui::test::WindowFixture fixture(arguments[1]);
    const auto window = fixture.makeWindow();
    window->begin();
    using lori::ui::ExperimentPage;
    using lori::ui::pageOf;
    QObject::connect(fixture.runs.get(), &lori::ui::RunService::runStarted, window.get(), [](const QString& id) {
        std::printf("%s\n", qPrintable(id));
        std::fflush(stdout);
    });
    pageOf<ExperimentPage>(*window).useConfig(lori::ui::test::WindowFixture::shortConfig(arguments[2].toLongLong()));
    window->showPage(QStringLiteral("experiment"));
    const bool ready = QTest::qWaitFor([&] { return pageOf<ExperimentPage>(*window).canStart(); }, 20'000);
    if (!ready) {
        std::fprintf(stderr, "the experiment cannot be started\n");
        return 1;
    }
    QTest::keyClick(window.get(), Qt::Key_Return, Qt::ControlModifier);
    return QApplication::exec();
}
