// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/frame/card.h"

#include <QHash>
#include <QString>

class QLabel;
class QListView;
class QPushButton;
class QToolButton;

namespace lori::ui {

class QueueModel;
class QueueService;
struct QueueLine;

/// The jobs that wait, in the order a person gives them: drag, or Alt+Up and Alt+Down; Delete takes one out. Hidden while the
/// queue is empty.
class QueueCard final : public Card {
    Q_OBJECT

public:
    /// The queue outlives this widget.
    QueueCard(Home home, QueueService& queue, QWidget* parent = nullptr);
    [[nodiscard]] QueueModel& model() { return *m_model; }

Q_SIGNALS:
    /// Enter or a double click on a job.
    void opened(const QString& job);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void refresh();
    void updateButtons();
    void moveBy(int places);
    void removeCurrent();
    void retranslate();
    [[nodiscard]] QString currentJob() const;
    void describe(QueueLine& line);

    Home m_home;
    QueueService& m_queue;
    QueueModel* m_model = nullptr;
    QHash<QString, QPair<QString, QString>> m_described; ///< name and kind by job; they do not change
    bool m_paused = false;
    QLabel* m_title = nullptr;
    QListView* m_list = nullptr;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QToolButton* m_remove = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_clear = nullptr;
};

} // namespace lori::ui
