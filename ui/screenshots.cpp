// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screenshots.h"

#include "ui/main_window.h"
#include "ui/pages/page_table.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QTimer>

#include <cstdio>

namespace lori::ui {

namespace {

constexpr int kSettleMs = 1500; // the past of a run is read in portions and charts redraw at most five times a second

} // namespace

Screenshots::Screenshots(MainWindow& window, const QString& folder, const QString& runId, const QSize& size)
    : m_window(window), m_folder(folder), m_runId(runId)
{
    if (folder.isEmpty()) {
        return;
    }
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "%s: the folder cannot be made; choose another one\n", qPrintable(folder));
        QTimer::singleShot(0, this, [] { QCoreApplication::exit(1); });
        return;
    }
    window.setFixedSize(size);
    QTimer::singleShot(kSettleMs, this, &Screenshots::next);
}

void Screenshots::next()
{
    if (m_view == m_views.size()) {
        if (m_row == pageTable().size()) {
            QCoreApplication::quit();
            return;
        }
        m_views = m_window.page(pageTable()[m_row].id)->views(m_runId);
        m_view = 0;
        ++m_row;
    }
    m_window.showPage(pageTable()[m_row - 1].id);
    m_views[m_view].show();
    QTimer::singleShot(kSettleMs, this, &Screenshots::takeWhenLoaded);
}

void Screenshots::takeWhenLoaded()
{
    const QString id = pageTable()[m_row - 1].id;
    if (m_window.page(id)->isBusy()) {
        QTimer::singleShot(kSettleMs, this, &Screenshots::takeWhenLoaded);
        return;
    }
    const QString& view = m_views[m_view].name;
    save(view.isEmpty() ? id : id + QLatin1Char('-') + view);
    ++m_view;
    next();
}

void Screenshots::save(const QString& name)
{
    const QString file = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (!m_window.grab().save(file)) {
        std::fprintf(stderr, "%s: the picture could not be written\n", qPrintable(file));
        QCoreApplication::exit(1);
    }
}

} // namespace lori::ui
