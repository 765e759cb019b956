// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <filesystem>

class QLabel;
class QProgressBar;
class QTimer;

namespace lori::ui {

class RunService;

/// In the status bar: the run at work with bar and time left, the memory it takes, the free disk.
class StatusLine final : public QWidget {
    Q_OBJECT

public:
    StatusLine(RunService& runs, std::filesystem::path diskOf, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    RunService& m_runs;
    std::filesystem::path m_diskOf;
    QLabel* m_job = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_machine = nullptr;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
