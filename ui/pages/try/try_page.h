// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/try/try_rows.h"
#include "ui/services/app_context.h"
#include "ui/services/background_job.h"

#include <QPointer>

#include <filesystem>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTimer;
class QToolButton;

namespace lori::ui {

class PromptBox;
class PromptSetBar;
class StillProgressBar;
class TryColumn;
class TrySettings;

/// Questions to a model, answered with and without adapters side by side: the same prompt and the same random numbers in every
/// column. The model is loaded when a question is begun or adapters are chosen, and kept by ChatService.
class TryPage final : public Page {
    Q_OBJECT

public:
    explicit TryPage(AppContext& context, QWidget* parent = nullptr);

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

    /// The base and these, each with an empty conversation; more than three are left out, which is said.
    void setAdapters(std::vector<std::filesystem::path> adapters);
    /// Asks what stands in the box.
    void ask();
    /// Ends the answers, and what was to be asked after them.
    void stop();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeState();
    QWidget* makeBottom();
    void connectService();
    void retranslate();
    void fillModels();
    void setModel(const QString& model);
    [[nodiscard]] QString modelOf(const std::filesystem::path& adapter) const;
    [[nodiscard]] QString nameOf(const std::filesystem::path& adapter) const;
    [[nodiscard]] std::vector<std::filesystem::path> adapters() const;
    void addColumn(const std::filesystem::path& adapter);
    void removeColumn(TryColumn* column);
    /// These columns in place of those that are there, each with an empty conversation.
    void setColumns(const std::vector<std::filesystem::path>& adapters);
    void chooseAdapters();
    void newConversation();
    /// Loads what the columns need, unless it is loaded.
    void prepare();
    void showRows(const QString& runId);
    void fillSuggestions();
    void suggest(const TryRow& row);
    void showExpected();
    void showState();
    void showColumns();
    void showTraining();
    void finishQuestion();
    void askNextOfSet();

    AppContext& m_context;
    QString m_model;
    std::vector<TryColumn*> m_columns;
    std::vector<QPointer<TryColumn>> m_asked; ///< of the question that is being answered, in its order
    std::int64_t m_conversations = 0;         ///< begun so far: their names differ
    QString m_lastQuestion;
    QStringList m_asking;       ///< prompts of a set that wait for the answers before them
    QStringList m_session;      ///< what was asked of these columns
    bool m_anyAnswer = false;   ///< of the question that is being answered
    std::vector<TryRow> m_rows; ///< of the run that was named
    BackgroundJob m_reading;    ///< of them
    QTimer* m_clock = nullptr;  ///< ticks while the model is loaded
    QLabel* m_modelLabel = nullptr;
    QComboBox* m_models = nullptr;
    QPushButton* m_choose = nullptr;
    QPushButton* m_train = nullptr;
    QToolButton* m_settingsButton = nullptr;
    QPushButton* m_new = nullptr;
    QLabel* m_state = nullptr;
    StillProgressBar* m_progress = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_free = nullptr;
    QLabel* m_training = nullptr;
    TrySettings* m_settings = nullptr;
    QHBoxLayout* m_columnsLayout = nullptr;
    QWidget* m_suggestions = nullptr;
    PromptSetBar* m_sets = nullptr;
    QLabel* m_expected = nullptr;
    QLabel* m_problem = nullptr;
    PromptBox* m_prompt = nullptr;
    QPushButton* m_ask = nullptr;
    QPushButton* m_stop = nullptr;
};

} // namespace lori::ui
