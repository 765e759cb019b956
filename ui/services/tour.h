// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "ui/services/background_job.h"

#include <QObject>
#include <QSettings>
#include <QString>

#include <vector>

namespace lori::ui {

class ChatService;
class PageRouter;
class RunService;

/// The five-minute tour with the built-in model: which step a person is at. A step is over when what it asks for was done,
/// whoever did it and from whichever page; the words and buttons are frame/tour_card's. Where it stands is kept in the settings
/// of the window, so that it can be left and taken up again after a restart.
class Tour final : public QObject {
    Q_OBJECT

public:
    enum class State { Never, AtWork, Left, Done };
    enum class Step {
        Open,       ///< look at the form: over when the experiment page is shown
        Start,      ///< over when a run was started
        FirstPoint, ///< over with the run's first step
        Mask,       ///< over with its first mask
        Finish,     ///< over when it finished
        Try,        ///< over when an answer came
        Next,       ///< over when a person says so
    };
    static constexpr int kSteps = 7;

    /// Belongs to the router, by which pages find it.
    Tour(RunService& runs, const ChatService& chat, PageRouter& pages);
    /// nullptr where there is none.
    [[nodiscard]] static Tour* of(const PageRouter& pages);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Step step() const { return m_step; }
    /// The tour's run ended before it finished, so that the tour went back to Start.
    [[nodiscard]] bool wasInterrupted() const { return m_interrupted; }

    /// From the start, or from where it was left; catches up with what its run did meanwhile. While it is at work: show().
    void begin();
    /// It can be taken up again.
    void leave();
    /// The end, or "not now": nothing offers it any more but the Help menu.
    void finish();
    /// Opens the page of the step.
    void show();
    /// The window tells which page is shown.
    void pageShown(const QString& id);

Q_SIGNALS:
    void changed();

private:
    void catchUp();
    void take(const QString& run, const std::vector<events::Event>& events);
    void runStarted(const QString& run);
    void runEnded(const QString& run);
    void answered();
    void set(State state, Step step);
    void reach(Step step);

    RunService& m_runs;
    PageRouter& m_pages;
    QSettings m_settings{QStringLiteral("LoRI"), QStringLiteral("Workbench")};
    State m_state = State::Never;
    Step m_step = Step::Open;
    QString m_run; ///< the tour's, once it was started
    bool m_interrupted = false;
    BackgroundJob m_past; ///< reads what its run did
};

} // namespace lori::ui
