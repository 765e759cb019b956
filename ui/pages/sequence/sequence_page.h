// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/pages/page.h"
#include "ui/pages/sequence/sequence_side.h"
#include "ui/services/app_context.h"
#include "ui/services/model_facts.h"
#include "ui/services/run_past.h"
#include "ui/services/stored_answers.h"
#include "ui/services/task_catalog.h"

#include <nlohmann/json.hpp>

#include <QHash>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTimer;

namespace lori::ui {

class DataCheck;
class SequenceDraft;
class SequenceEditor;
class SequenceList;
class SequenceView;

/// Task after task, with floors that nothing may fall below: sets a sequence up, follows it, and shows what was forgotten.
class SequencePage final : public Page {
    Q_OBJECT

public:
    explicit SequencePage(AppContext& context, QWidget* parent = nullptr);
    ~SequencePage() override;

    void take(const Intent& intent) override;
    [[nodiscard]] bool can(PageCommand command) const override;
    void perform(PageCommand command) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

    /// Shows a sequence that has begun; "" shows the one that is being set up.
    void showSequence(const QString& runId);
    /// "" while a sequence is being set up.
    [[nodiscard]] QString shownSequence() const { return m_shown; }
    [[nodiscard]] SequenceEditor* editor() const { return m_editor; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connectServices();
    void retranslate();
    void fillSequences();
    void leaveWhatIsGone();
    void refresh();
    void refreshPlan();
    void refreshShown();
    void act(const QString& action);
    void send(jobs::Command command);
    void resume(bool changedData);
    void resumeNow(const QString& run, bool changedData = false);
    void start();
    /// Makes a sequence's run, and starts it or lets it wait in the queue.
    void begin(const experiment::SequenceConfig& config, bool afterwards);
    void takeWantedAdapter();

    // sequence_planning.cpp: what stands between the draft and Start
    [[nodiscard]] std::vector<SequenceSide::Problem> problems();
    [[nodiscard]] std::vector<SequenceSide::Fact> facts(const experiment::RunConfig& run);
    [[nodiscard]] QString roomText() const;
    [[nodiscard]] QString placeOf(const QString& path) const;
    [[nodiscard]] std::vector<experiment::DataSource> allSources() const;
    /// The run that the draft becomes, with allSources() in data.sources; nothing while it is not valid.
    [[nodiscard]] std::optional<experiment::RunConfig> plannedRun() const;

    // sequence_fall.cpp: what a run's events tell of falls and answers, and the ways on from a fall
    /// A score that fell below its floor and paused the run.
    struct Fall {
        std::string task;
        std::string metric;
        double best = 0; ///< rates, 0–1
        double now = 0;
        std::int64_t goodStep = 0; ///< of the stage: the last check at which every floor held, 0 = there was none
    };
    void readPast();
    void take(const std::vector<events::Event>& told);
    void goBack();
    void goOnAs(const QString& parent, const Result<QString>& made);
    void lowerRate();
    void queueUnprotected();
    [[nodiscard]] bool isProtected() const;
    /// The finished sequence that differs from the shown one only in being protected, or not: its losses stand beside.
    void findTwin();
    [[nodiscard]] SequenceSide::Action unprotectedAction() const;
    [[nodiscard]] QString fallText() const;
    [[nodiscard]] SequenceSide::Content sideOfFall() const;

    // sequence_commands.cpp: what is said of a sequence that has begun
    [[nodiscard]] SequenceSide::Content sideOfShown() const;
    [[nodiscard]] QString detail() const;
    [[nodiscard]] QString failureSentence() const;
    [[nodiscard]] QString taskAtWork() const;
    [[nodiscard]] std::filesystem::path lastAdapter() const;

    AppContext& m_context;
    SequenceDraft* m_draft = nullptr;
    SequenceList* m_list = nullptr;
    DataCheck* m_data = nullptr;
    TaskCatalog m_tasks;
    ModelFacts m_facts;
    QString m_shown;
    std::optional<experiment::SequenceConfig> m_config; ///< of the shown one
    nlohmann::json m_transfer;
    nlohmann::json m_twin;                ///< transfer.json of the twin of the shown one; null when there is none
    std::optional<Fall> m_fall;           ///< why a floor paused the shown one
    bool m_fallShown = false;             ///< its answers were brought up
    AnsweredScores m_answers;             ///< of the shown one
    RunPast m_past;                       ///< reads both
    std::vector<events::Event> m_waiting; ///< told while the past was being read
    std::int64_t m_lastSeq = 0;
    QHash<QString, QString> m_goesOn; ///< runs that go on from another one's good checkpoint as soon as that one has stopped
    QString m_wantedAdapter;          ///< to begin from, as soon as the adapters are known
    bool m_ready = false;             ///< Start is possible
    bool m_looked = false;            ///< for a live sequence when the page was first shown
    QLabel* m_whichLabel = nullptr;
    QComboBox* m_which = nullptr;
    QStackedWidget* m_stack = nullptr;
    SequenceEditor* m_editor = nullptr;
    SequenceView* m_view = nullptr;
    SequenceSide* m_side = nullptr;
    QTimer* m_soon = nullptr;  ///< several changes, one refresh
    QTimer* m_clock = nullptr; ///< times while it runs
};

} // namespace lori::ui
