// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/study_list.h"

#include <optional>

class QComboBox;
class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace lori::ui {

class ModelLibrary;
class StudyReport;

/// Whole experiments that answer a question: what each asks and costs, its work, and what it found.
class StudiesPage final : public Page {
    Q_OBJECT

public:
    StudiesPage(AppContext& context, QWidget* parent);

    [[nodiscard]] bool can(PageCommand command) const override;
    void perform(PageCommand command) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override { return !m_studies->isRead(); }
    /// Chooses the study of this id.
    void choose(const QString& id);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeSide();
    QWidget* makeBody();
    QWidget* makeButtons(QWidget* parent);
    void connectParts();
    void retranslate();
    void fillList();
    void fillModels();
    void refresh();
    void refreshWork();
    void plan();
    void start();
    void queue();
    void stop();
    void chooseData();
    void saveReport();
    [[nodiscard]] const Study* current() const;
    [[nodiscard]] QString liveJob() const;
    [[nodiscard]] QString data() const;
    /// Why it cannot be started; "" when it can.
    [[nodiscard]] QString hindrance() const;
    /// What the job does now and how long it will take.
    [[nodiscard]] QString workText(const QString& job) const;
    [[nodiscard]] Result<QString> makeJob(bool startNow);
    /// Starts this study's job, or lets it wait in the queue.
    void work(const QString& study, bool now);

    AppContext& m_context;
    StudyList* m_studies = nullptr;
    ModelLibrary* m_models = nullptr;
    QString m_dataFolder; ///< chosen by a person; "" = the home's own
    QString m_planned;    ///< what the shown plan is of
    QString m_plan;       ///< in words
    QListWidget* m_list = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_explanation = nullptr;
    QLabel* m_source = nullptr;
    QLabel* m_modelLabel = nullptr;
    QComboBox* m_model = nullptr;
    QLabel* m_dataLabel = nullptr;
    QPushButton* m_data = nullptr;
    QLabel* m_state = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_queue = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_save = nullptr;
    QLabel* m_none = nullptr;
    StudyReport* m_report = nullptr;
};

} // namespace lori::ui
