// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/compared_masks.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableWidget;

namespace lori::ui {

/// How the masks of the compared runs overlap, against what chance would give: as a picture, and a row for each pair. The files
/// are read only while it is looked at.
class MasksTab final : public QWidget {
    Q_OBJECT

public:
    explicit MasksTab(QWidget* parent);
    /// In the window's language of now.
    void show(const Comparison& comparison);
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    /// The rows as tab-separated text, with their titles.
    [[nodiscard]] QString tabSeparated() const;

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void load();
    void showMasks();
    void say(const QString& text);

    std::vector<RunMask> m_masks;
    bool m_stale = true;
    BackgroundJob m_job;
    std::shared_ptr<const ComparedMasks> m_compared; ///< nullptr while nothing was read
    QLabel* m_state = nullptr;
    QWidget* m_content = nullptr;
    HeatMap* m_map = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace lori::ui
