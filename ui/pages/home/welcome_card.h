// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"

class QLabel;
class QPushButton;

namespace lori::ui {

class Tour;

/// What a first start sees above everything else, and where a tour that was left is taken up again. Hidden otherwise.
class WelcomeCard final : public Card {
    Q_OBJECT

public:
    WelcomeCard(Tour& tour, QWidget* parent);
    /// Whether any run was started in this home: then nobody needs a welcome.
    void setHasRuns(bool hasRuns);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    Tour& m_tour;
    bool m_hasRuns = true; ///< until it is known
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_begin = nullptr;
    QPushButton* m_notNow = nullptr;
};

} // namespace lori::ui
