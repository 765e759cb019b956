// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/run_records.h"
#include "ui/services/run_past.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QTextEdit;

namespace lori::ui {

struct AppContext;
class RunCharts;

/// What the history page shows of the selected run: facts, note and tags to edit, charts from its events, and its recipe.
class HistoryDetails final : public QWidget {
    Q_OBJECT

public:
    HistoryDetails(AppContext& context, QWidget* parent);
    /// Shows a run, or nothing for "". The same id again brings facts up to date and leaves what is being typed alone.
    void showRun(const QString& runId);
    [[nodiscard]] QString runId() const { return m_runId; }
    [[nodiscard]] RunCharts* charts() const { return m_charts; }
    /// Saves what was typed and not yet saved.
    void commitEdits();
    void editNote();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    QWidget* makeFactsTab();
    QWidget* makeNote(QWidget* parent);
    /// The note as Markdown says it looks, or as it is typed; an empty one is always ready to be typed.
    void showNote(bool rendered);
    void beginNote();
    void fillFacts(const database::RunDetail& detail);
    void fillRecipe(const database::RunDetail& detail);
    void loadEvents(const std::filesystem::path& folder);

    AppContext& m_context;
    QString m_runId;
    std::string m_savedNote;
    QStringList m_savedTags;
    QTabWidget* m_tabs = nullptr;
    QLabel* m_facts = nullptr;
    QLabel* m_noteLabel = nullptr;
    QLabel* m_tagsLabel = nullptr;
    QStackedWidget* m_notes = nullptr; ///< one of the two below
    QPlainTextEdit* m_note = nullptr;
    QTextEdit* m_renderedNote = nullptr;
    QLineEdit* m_tags = nullptr;
    RunCharts* m_charts = nullptr;
    QLabel* m_command = nullptr;
    QPlainTextEdit* m_recipe = nullptr;
    RunPast m_past;
    std::uint64_t m_eventsPosition = 0;
};

} // namespace lori::ui
