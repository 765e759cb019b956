// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QObject>
#include <QSize>
#include <QString>

#include <vector>

namespace lori::ui {

class MainWindow;

/// Shows every view of every page in turn, saves it as PNG (`runs.png`, `runs-log.png`, by page and view), and quits. Does
/// nothing without a folder.
class Screenshots final : public QObject {
    Q_OBJECT

public:
    /// `runId`: shown where a page shows runs; "" = the newest.
    Screenshots(MainWindow& window, const QString& folder, const QString& runId, const QSize& size);

private:
    void next();
    void takeWhenLoaded();
    void save(const QString& name);

    MainWindow& m_window;
    QString m_folder;
    QString m_runId;
    std::size_t m_row = 0; ///< of page_table.h
    std::vector<PageView> m_views;
    std::size_t m_view = 0;
};

} // namespace lori::ui
