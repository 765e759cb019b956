// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace lori::ui {

class MainWindow;

/// Shows each page at 1280×800 in turn, saves it as PNG, and quits. Does nothing without a folder.
class Screenshots final : public QObject {
    Q_OBJECT

public:
    Screenshots(MainWindow& window, const QString& folder);

private:
    void next();
    void takeWhenLoaded();
    void save(const QString& name);

    struct Shot {
        QString name;
        std::function<void()> prepare;
    };
    MainWindow& m_window;
    QString m_folder;
    std::vector<Shot> m_shots;
    std::size_t m_at = 0;
};

} // namespace lori::ui
