// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

class QGridLayout;
class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;
class QTimer;

namespace lori::ui {

class Card;
class CardButton;
class HowItWorks;
class QueueCard;
class StageStrip;
class WelcomeCard;

/// Where one begins: four ways on, the run at work, the last results, and what LoRI is.
class HomePage final : public Page {
    Q_OBJECT

public:
    HomePage(AppContext& context, QWidget* parent);
    void take(const Intent& intent) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    [[nodiscard]] QLayout* buildCards(QWidget* body);
    QWidget* buildJob();
    QWidget* buildResults();
    QWidget* buildNext();
    void refreshNext();
    void refreshJob();
    void refreshResults();
    void retranslate();

    AppContext& m_context;
    QString m_jobId;
    bool m_resultsStale = true; ///< runs came or changed while the page was hidden
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    CardButton* m_quick = nullptr;
    CardButton* m_new = nullptr;
    CardButton* m_data = nullptr;
    CardButton* m_history = nullptr;
    WelcomeCard* m_welcome = nullptr; ///< nullptr where there is no tour
    Card* m_job = nullptr;
    QLabel* m_jobTitle = nullptr;
    QLabel* m_jobFigures = nullptr;
    StageStrip* m_jobStrip = nullptr;
    QProgressBar* m_jobBar = nullptr;
    QPushButton* m_jobOpen = nullptr;
    Card* m_next = nullptr;
    QLabel* m_nextText = nullptr;
    QPushButton* m_nextButton = nullptr;
    QStringList m_finished; ///< runs, newest first
    QueueCard* m_queue = nullptr;
    Card* m_results = nullptr;
    QLabel* m_resultsTitle = nullptr;
    QLabel* m_noResults = nullptr;
    QGridLayout* m_resultRows = nullptr;
    QLabel* m_howTitle = nullptr;
    HowItWorks* m_how = nullptr;
    QLabel* m_machine = nullptr;
    QTimer* m_timer = nullptr;
};

} // namespace lori::ui
