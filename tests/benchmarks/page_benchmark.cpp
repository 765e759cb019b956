// SPDX-License-Identifier: GPL-3.0-or-later
// How long a page takes to be there: `page_benchmark [HOME]` opens the window over a home (an empty one of its own by default)
// and prints, for each page, the time of its first showing and of a later one, from the key to the painted picture (target 100
// ms).
#include "ui/main_window.h"
#include "ui/pages/page_table.h"
#include "ui/services/services.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

using namespace lori;

namespace {

double showMs(ui::MainWindow& window, const QString& page)
{
    QElapsedTimer clock;
    clock.start();
    window.showPage(page);
    QCoreApplication::processEvents(); // polish, layout, paint
    window.repaint();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir place;
    const QByteArray root = argc > 1 ? QByteArray(argv[1]) : place.path().toLocal8Bit();
    qputenv("LORI_HOME", root);
    qputenv("XDG_CONFIG_HOME", place.path().toLocal8Bit());
    const QApplication application(argc, argv);
    QElapsedTimer clock;
    clock.start();
    ui::Services services(Home{root.toStdString()});
    ui::MainWindow window(services.context);
    window.resize(1280, 800);
    window.show();
    window.begin();
    QCoreApplication::processEvents();
    window.repaint();
    std::printf("%-12s %8.1f ms from main() to the first picture\n", "window", static_cast<double>(clock.nsecsElapsed()) / 1e6);
    for (const ui::PageRow& row : ui::pageTable()) {
        const double first = showMs(window, row.id);
        static_cast<void>(showMs(window, ui::pageTable().front().id));
        const double again = showMs(window, row.id);
        std::printf("%-12s %8.1f ms first  %8.1f ms again\n", qPrintable(QString(row.id)), first, again);
    }
    return 0;
}
