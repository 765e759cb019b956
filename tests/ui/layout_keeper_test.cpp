// SPDX-License-Identifier: GPL-3.0-or-later
// How a person arranged a page is there again in the next window, and goes with the layout's reset.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/layout_keeper.h"
#include "ui/main_actions.h"

#include <QAction>
#include <QHeaderView>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>

using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

/// Drags something sideways, as a hand does.
void drag(QWidget* widget, const QPoint& from, int by)
{
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    for (const int share : {by / 2, by}) {
        const QPoint to = from + QPoint(share, 0);
        QMouseEvent move(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, Qt::LeftButton, {}, from + QPoint(by, 0));
}

/// A page with one table of three columns.
class TablePage final : public QWidget {
public:
    TablePage() : m_model(2, 3)
    {
        table = new QTableView(this);
        table->setObjectName(QStringLiteral("someTable"));
        table->setModel(&m_model);
        table->horizontalHeader()->setDefaultSectionSize(100);
        table->setGeometry(0, 0, 500, 200);
        resize(500, 200);
    }

    QTableView* table = nullptr;

private:
    QStandardItemModel m_model;
};

class LayoutKeeperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splittersAndTabsAreAsTheyWereLeft()
    {
        WindowFixture fixture;
        QList<int> left;
        QList<int> first;
        {
            const auto window = fixture.makeWindow();
            window->resize(1280, 800);
            window->showPage(QStringLiteral("runs"));
            auto* splitter = window->findChild<QSplitter*>(QStringLiteral("runsSplitter"));
            QTest::qWait(50); // all is laid out
            first = splitter->sizes();
            QWidget* handle = splitter->handle(1);
            QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
            const QPoint to = handle->rect().center() + QPoint(90, 0);
            QMouseEvent move(QEvent::MouseMove, to, handle->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(handle, &move);
            QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
            left = splitter->sizes();
            QVERIFY(left.front() > first.front() + 40);
            window->showPage(QStringLiteral("models"));
            window->findChild<QTabWidget*>(QStringLiteral("modelTabs"))->setCurrentIndex(1);
            window->close();
        }
        const auto window = fixture.makeWindow();
        window->resize(1280, 800);
        window->showPage(QStringLiteral("models"));
        QCOMPARE(window->findChild<QTabWidget*>(QStringLiteral("modelTabs"))->currentIndex(), 1);
        window->showPage(QStringLiteral("runs"));
        auto* splitter = window->findChild<QSplitter*>(QStringLiteral("runsSplitter"));
        QTRY_VERIFY(std::abs(splitter->sizes().front() - left.front()) <= 8);
        window->actions().resetWindow->trigger();
        QTRY_VERIFY(std::abs(splitter->sizes().front() - first.front()) <= 8);
        QCOMPARE(window->findChild<QTabWidget*>(QStringLiteral("modelTabs"))->currentIndex(), 0);
        QVERIFY(fixture.preferences->layout(QStringLiteral("runs/splitter/runsSplitter")).isEmpty());
    }

    void aWidthThatWasChosenByHandStays()
    {
        WindowFixture fixture;
        {
            TablePage page;
            LayoutKeeper keeper(*fixture.preferences, nullptr);
            keeper.adopt(QStringLiteral("page"), &page);
            page.show();
            QHeaderView* header = page.table->horizontalHeader();
            header->resizeSection(1, 130); // by the program: nobody's choice
            const int edge = header->sectionViewportPosition(0) + header->sectionSize(0);
            drag(header->viewport(), {edge - 1, header->height() / 2}, 60);
            QCOMPARE(header->sectionSize(0), 160);
            header->resizeSection(0, 90); // as when its content changes
            QCOMPARE(header->sectionSize(0), 160);
        }
        TablePage page;
        LayoutKeeper keeper(*fixture.preferences, nullptr);
        keeper.adopt(QStringLiteral("page"), &page);
        page.show();
        QHeaderView* header = page.table->horizontalHeader();
        QCOMPARE(header->sectionSize(0), 160);
        QCOMPARE(header->sectionSize(1), 100);
        fixture.preferences->forgetWindowState();
        keeper.reset();
        QCOMPARE(header->sectionSize(0), 100);
        header->resizeSection(0, 70);
        QCOMPARE(header->sectionSize(0), 70);
    }

    void whatCannotBeReadIsLeftAlone()
    {
        WindowFixture fixture;
        for (const char* kept : {"", "nonsense", "[1,2]", R"({"0":"wide","1":-5,"2":1e9,"77":50})"}) {
            fixture.preferences->setLayout(QStringLiteral("page/columns/someTable"), kept);
            TablePage page;
            LayoutKeeper keeper(*fixture.preferences, nullptr);
            keeper.adopt(QStringLiteral("page"), &page);
            for (int column = 0; column < 3; ++column) {
                QCOMPARE(page.table->horizontalHeader()->sectionSize(column), 100);
            }
        }
    }
};

} // namespace

LORI_TEST(LayoutKeeperTest)
#include "layout_keeper_test.moc"
