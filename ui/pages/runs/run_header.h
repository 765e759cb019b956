// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "ui/frame/card.h"
#include "ui/services/run_progress.h"

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace lori::ui {

class StageStrip;

/// Name, state, stage strip, figures and the buttons of one run. Folded it is the name, the bar and the buttons, and leaves the
/// room to what is below.
class RunHeader final : public Card {
    Q_OBJECT

public:
    explicit RunHeader(QWidget* parent = nullptr);

    void show(const QString& name, jobs::JobState state, const RunProgress& progress);
    /// Until the worker answers, the header says what was asked for: "Pausing after this step…".
    void setAsked(const QString& text);
    /// The run failed because its files changed since it began: offers to go on with what is there now.
    void setDataChanged(bool changed);
    /// Whether there is something for the Masks page.
    void setHasMasks(bool has);
    /// What makes sense after this run, and the button that leads there; "" for nothing.
    void setNext(const QString& text, const QString& button);
    [[nodiscard]] bool isFolded() const { return m_folded; }
    void setFolded(bool folded);

Q_SIGNALS:
    void foldedByHand(bool folded);
    void pauseRequested();
    void continueRequested();
    void stopRequested();
    void resumeRequested();
    void changedDataAccepted();
    void discardRequested();
    void changeRequested();
    void branchRequested();
    void tryRequested();
    void duplicateRequested();
    void masksRequested();
    void nextRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void buildButtons();
    [[nodiscard]] QWidget* buildNext();
    void showFold();
    void retranslate();
    void refresh();
    void showFigures(std::int64_t nowMs);
    /// What is said of a run at work beside its figures: time left, what it does, how long it has been silent.
    [[nodiscard]] QStringList liveParts(std::int64_t nowMs) const;
    [[nodiscard]] QStringList resultParts() const;
    void showButtons();
    void showSeal();

    QString m_name;
    QString m_asked;
    jobs::JobState m_state = jobs::JobState::Waiting;
    std::optional<jobs::JobState> m_shownState; ///< whose icon and colour are shown
    const RunProgress* m_progress = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_stateIcon = nullptr;
    QLabel* m_stateText = nullptr;
    QLabel* m_purpose = nullptr;
    StageStrip* m_strip = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_figures = nullptr;
    QLabel* m_seal = nullptr;
    QWidget* m_next = nullptr;
    QLabel* m_nextText = nullptr;
    QPushButton* m_nextButton = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_resume = nullptr;
    QPushButton* m_acceptData = nullptr;
    bool m_dataChanged = false;
    bool m_folded = false;
    bool m_hasNext = false;
    QToolButton* m_fold = nullptr;
    QPushButton* m_masks = nullptr;
    QPushButton* m_change = nullptr;
    QPushButton* m_branch = nullptr;
    QPushButton* m_try = nullptr;
    QPushButton* m_duplicate = nullptr;
    QPushButton* m_discard = nullptr;
};

} // namespace lori::ui
