// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/screenshots.h"

#include "ui/main_window.h"
#include "ui/pages/experiment_page.h"
#include "ui/pages/history_page.h"
#include "ui/pages/masks_page.h"
#include "ui/pages/runs_page.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QTabWidget>
#include <QTimer>

#include <cstdio>

namespace lori::ui {

namespace {

constexpr int kSettleMs = 1500;           // the past of a run is read in portions and charts redraw at most ten times a second
constexpr std::int64_t kMatrixLayer = 12; // one B from the middle of the model

} // namespace

Screenshots::Screenshots(MainWindow& window, const QString& folder) : m_window(window), m_folder(folder)
{
    if (folder.isEmpty()) {
        return;
    }
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "%s: the folder cannot be made; choose another one\n", qPrintable(folder));
        QTimer::singleShot(0, this, [] { QCoreApplication::exit(1); });
        return;
    }
    window.setFixedSize(1280, 800);
    const auto page = [this](PageId id) {
        return [this, id] {
            m_window.showPage(id);
        };
    };
    const auto tab = [this](int index) {
        return [this, index] {
            m_window.showPage(PageId::Runs);
            m_window.runsPage().findChild<QTabWidget*>(QStringLiteral("runTabs"))->setCurrentIndex(index);
        };
    };
    m_shots = {{QStringLiteral("home"), page(PageId::Home)},
               {QStringLiteral("experiment"), page(PageId::Experiment)},
               {QStringLiteral("experiment-advanced"),
                [this] {
                    m_window.experimentPage().setAdvanced(true);
                    m_window.showPage(PageId::Experiment);
                }},
               {QStringLiteral("runs"), tab(0)},
               {QStringLiteral("runs-scores"), tab(1)},
               {QStringLiteral("runs-log"), tab(2)},
               {QStringLiteral("masks"),
                [this] {
                    m_window.findChild<MasksPage*>()->showRun(m_window.runsPage().shownRun());
                    m_window.showPage(PageId::Masks);
                }},
               {QStringLiteral("masks-matrix"),
                [this] {
                    m_window.findChild<MasksPage*>()->openCell({kMatrixLayer, experiment::Projection::V});
                }},
               {QStringLiteral("history"), [this] {
                    m_window.showPage(PageId::History);
                    m_window.findChild<HistoryPage*>()->selectRun(m_window.runsPage().shownRun());
                }}};
    QTimer::singleShot(kSettleMs, this, &Screenshots::next);
}

void Screenshots::next()
{
    if (m_at == m_shots.size()) {
        QCoreApplication::quit();
        return;
    }
    m_shots[m_at].prepare();
    QTimer::singleShot(kSettleMs, this, &Screenshots::takeWhenLoaded);
}

void Screenshots::takeWhenLoaded()
{
    if (m_window.findChild<MasksPage*>()->isLoading()) {
        QTimer::singleShot(kSettleMs, this, &Screenshots::takeWhenLoaded);
        return;
    }
    save(m_shots[m_at].name);
    ++m_at;
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
