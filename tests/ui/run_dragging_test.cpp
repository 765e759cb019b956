// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/sidebar.h"
#include "ui/models/run_drag.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/score_matrix.h"
#include "ui/services/history_service.h"

#include <QDragEnterEvent>
#include <QMimeData>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;
namespace fs = std::filesystem;

class RunDraggingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsHeldOverThePagesNameAndDroppedComeToTheComparison()
    {
        WindowFixture fixture;
        fs::copy(fs::path(LORI_SOURCE_DIR) / "tests" / "app" / "released" / "home" / "runs", fixture.home.runs(),
                 fs::copy_options::recursive);
        const auto window = fixture.makeWindow();
        fixture.history->open();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.history->list().has_value() && fixture.history->list()->size() == 5, 20000);
        window->showPage(QStringLiteral("compare"));
        auto* page = &pageOf<ComparePage>(*window);
        window->showPage(QStringLiteral("history"));
        const QStringList both{QStringLiteral("20261128-215732-finished-czqm"), QStringLiteral("20261128-215733-two-tasks-kwhj")};
        const auto data = runsAsMime(both);
        auto* sidebar = window->findChild<Sidebar*>();
        int row = 0;
        while (sidebar->item(row)->text() != QStringLiteral("Compare")) {
            QVERIFY(++row < sidebar->count());
        }
        const QPoint at = sidebar->visualItemRect(sidebar->item(row)).center();
        QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(sidebar->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent over(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(sidebar->viewport(), &over);
        QVERIFY(!over.isAccepted());
        QTRY_COMPARE(window->currentPage(), QStringLiteral("compare"));
        QDragEnterEvent enterPage({9, 9}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(page, &enterPage);
        QVERIFY(enterPage.isAccepted());
        auto* place = page->findChild<QWidget*>(QStringLiteral("compareDropPlace"));
        QVERIFY(place->isVisible());
        QDropEvent drop({9, 9}, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(page, &drop);
        QVERIFY(!place->isVisible());
        QCOMPARE(page->runs(), both);
        QTRY_COMPARE(page->findChild<ScoreMatrix*>()->columnCount(), 2);
        QMimeData files;
        files.setText(QStringLiteral("words"));
        QDragEnterEvent other({9, 9}, Qt::CopyAction, &files, Qt::LeftButton, {});
        QApplication::sendEvent(page, &other);
        QVERIFY(!place->isVisible());
    }
};

LORI_TEST(RunDraggingTest)
#include "run_dragging_test.moc"
