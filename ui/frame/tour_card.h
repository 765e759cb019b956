// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace lori::ui {

class Tour;

/// The tour at the bottom of the window: one sentence for the step, a button that opens the page concerned, a way out. It covers
/// nothing, waits for nothing and never takes the focus; Esc leaves the tour while the focus is in it. Hidden when no tour is at
/// work.
class TourCard final : public QFrame {
    Q_OBJECT

public:
    TourCard(Tour& tour, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void applyColours();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString showText() const;

    Tour& m_tour;
    QLabel* m_number = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_show = nullptr;
    QPushButton* m_leave = nullptr;
};

} // namespace lori::ui
