// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/history_details.h"
#include "ui/services/error_text.h"

#include "core/experiment/run_config.h"
#include "ui/models/history_model.h"
#include "ui/models/score_words.h"
#include "ui/services/app_context.h"
#include "ui/services/health_notes.h"
#include "ui/services/history_service.h"
#include "ui/services/run_settings.h"
#include "ui/text.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_words.h"

#include <QEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {
namespace {

QString factRow(const QString& name, const QString& value)
{
    return value.isEmpty()
               ? QString()
               : QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

/// "2 % [0–9] → 97 % [92–99] of 150"; the number of answers also before the arrow where it is another one.
QString scoreText(const database::ScoreSummary& score)
{
    const auto text = [](const database::Score& one, bool counted) {
        return Text::rate(one.value, one.low, one.high, counted ? one.rows : 0);
    };
    if (!score.before || !score.last) {
        return score.last ? text(*score.last, true) : score.before ? text(*score.before, true) : QString();
    }
    return HistoryDetails::tr("%1 → %2", "score before and after")
        .arg(text(*score.before, score.before->rows != score.last->rows), text(*score.last, true));
}

QStringList tagsOf(const std::vector<std::string>& tags)
{
    QStringList list;
    for (const std::string& tag : tags) {
        list << QString::fromStdString(tag);
    }
    return list;
}

QStringList splitTags(const QString& text)
{
    QStringList tags;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty() && !tags.contains(part.trimmed())) {
            tags << part.trimmed();
        }
    }
    tags.sort();
    return tags;
}

} // namespace

HistoryDetails::HistoryDetails(AppContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setObjectName(QStringLiteral("historyDetails"));
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("historyTabs"));
    m_tabs->addTab(makeFactsTab(), QString());
    m_charts = new RunCharts(this);
    m_charts->setObjectName(QStringLiteral("historyCharts"));
    m_tabs->addTab(m_charts, QString());
    auto* recipe = new QWidget(this);
    m_command = new QLabel(recipe);
    m_command->setObjectName(QStringLiteral("recipeCommand"));
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setWordWrap(true);
    m_recipe = new QPlainTextEdit(recipe);
    m_recipe->setObjectName(QStringLiteral("recipeText"));
    m_recipe->setReadOnly(true);
    m_recipe->setTabChangesFocus(true);
    m_recipe->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto* recipeLayout = new QVBoxLayout(recipe);
    recipeLayout->addWidget(m_command);
    recipeLayout->addWidget(m_recipe, 1);
    m_tabs->addTab(recipe, QString());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    retranslate();
    showRun(QString());
}

QWidget* HistoryDetails::makeFactsTab()
{
    auto* tab = new QSplitter(Qt::Horizontal, this);
    tab->setObjectName(QStringLiteral("historyFactsSplitter"));
    tab->setChildrenCollapsible(false);
    auto* scroll = new QScrollArea(tab);
    scroll->setObjectName(QStringLiteral("historyFactsScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // the facts inside take the focus
    scroll->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    m_facts = new QLabel(scroll);
    m_facts->setObjectName(QStringLiteral("historyFacts"));
    m_facts->setTextFormat(Qt::RichText);
    m_facts->setWordWrap(true);
    m_facts->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_facts->setMargin(6);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    scroll->setWidget(m_facts);
    auto* edits = new QWidget(tab);
    m_tagsLabel = new QLabel(edits);
    m_tags = new QLineEdit(edits);
    m_tags->setObjectName(QStringLiteral("historyTags"));
    m_tagsLabel->setBuddy(m_tags);
    m_noteLabel = new QLabel(edits);
    auto* layout = new QVBoxLayout(edits);
    layout->addWidget(m_tagsLabel);
    layout->addWidget(m_tags);
    layout->addWidget(m_noteLabel);
    layout->addWidget(makeNote(edits), 1);
    connect(m_tags, &QLineEdit::editingFinished, this, &HistoryDetails::commitEdits);
    tab->addWidget(scroll);
    tab->addWidget(edits);
    tab->setStretchFactor(0, 3);
    tab->setStretchFactor(1, 2);
    return tab;
}

QWidget* HistoryDetails::makeNote(QWidget* parent)
{
    m_notes = new QStackedWidget(parent);
    m_note = new QPlainTextEdit(m_notes);
    m_note->setObjectName(QStringLiteral("historyNote"));
    m_note->setTabChangesFocus(true);
    m_note->installEventFilter(this);
    m_renderedNote = new QTextEdit(m_notes);
    m_renderedNote->setObjectName(QStringLiteral("historyRenderedNote"));
    m_renderedNote->setReadOnly(true);
    m_renderedNote->setTabChangesFocus(true);
    m_renderedNote->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_renderedNote->installEventFilter(this);
    m_renderedNote->viewport()->setObjectName(QStringLiteral("historyRenderedNoteViewport"));
    m_renderedNote->viewport()->installEventFilter(this);
    m_notes->addWidget(m_note);
    m_notes->addWidget(m_renderedNote);
    showNote(true);
    return m_notes;
}

void HistoryDetails::showNote(bool rendered)
{
    const QString note = m_note->toPlainText();
    const bool shown = rendered && !note.trimmed().isEmpty();
    if (shown) { // what others wrote may come with a file: no HTML in it
        m_renderedNote->document()->setMarkdown(note, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                                          QTextDocument::MarkdownNoHTML);
    }
    m_notes->setCurrentWidget(shown ? static_cast<QWidget*>(m_renderedNote) : m_note);
    m_noteLabel->setBuddy(m_notes->currentWidget());
}

void HistoryDetails::beginNote()
{
    showNote(false);
    m_note->setFocus(Qt::OtherFocusReason);
    m_note->moveCursor(QTextCursor::End);
}

void HistoryDetails::retranslate()
{
    setAccessibleName(tr("The selected run"));
    m_tabs->setAccessibleName(tr("Parts of the selected run"));
    m_tabs->setTabText(0, tr("Overv&iew"));
    m_tabs->setTabText(1, tr("&Charts"));
    m_tabs->setTabText(2, tr("Reci&pe"));
    m_facts->setAccessibleName(tr("Facts about the run"));
    m_tagsLabel->setText(tr("Tags, &separated by commas:"));
    m_tags->setAccessibleName(tr("Tags of the run"));
    m_noteLabel->setText(tr("N&ote:"));
    m_note->setAccessibleName(tr("Note about the run"));
    m_renderedNote->setAccessibleName(tr("Note about the run, formatted"));
    m_renderedNote->setToolTip(tr("Click, or press Enter, to edit"));
    m_renderedNote->setAccessibleDescription(m_renderedNote->toolTip());
    m_note->setPlaceholderText(tr("What did you learn from this run?"));
    m_command->setAccessibleName(tr("Command line that does the same"));
    m_recipe->setAccessibleName(tr("Configuration of the run as JSON"));
}

void HistoryDetails::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showRun(m_runId);
    }
}

void HistoryDetails::showRun(const QString& runId)
{
    const bool another = runId != m_runId;
    if (another) {
        commitEdits();
        m_past.cancel();
        m_charts->reset();
        m_eventsPosition = 0;
        m_runId = runId;
    }
    const auto detail = runId.isEmpty() ? Result<database::RunDetail>(Error{}) : m_context.history->find(runId);
    m_tabs->setEnabled(detail.has_value());
    if (!detail) {
        m_facts->setText(runId.isEmpty() ? tr("Select a run to see it here.")
                                         : ErrorText::sentence(detail.error()).toHtmlEscaped());
        m_recipe->clear();
        m_command->clear();
        if (another) {
            m_savedNote.clear();
            m_savedTags.clear();
            m_note->clear();
            showNote(true);
            m_tags->clear();
        }
        return;
    }
    m_charts->setSubject(QString::fromStdString(detail->summary.name));
    fillFacts(*detail);
    fillRecipe(*detail);
    const QStringList tags = tagsOf(detail->summary.tags);
    const bool isOld = m_context.history->isWriting(); // what was typed is newer than what was read
    if (another || (!isOld && !m_note->hasFocus() && m_note->toPlainText().toStdString() == m_savedNote)) {
        m_savedNote = detail->summary.note;
        m_note->setPlainText(QString::fromStdString(m_savedNote));
        showNote(!m_note->hasFocus());
    }
    if (another || (!isOld && !m_tags->hasFocus() && splitTags(m_tags->text()) == m_savedTags)) {
        m_savedTags = tags;
        m_tags->setText(tags.join(QStringLiteral(", ")));
    }
    loadEvents(detail->summary.folder);
}

void HistoryDetails::fillFacts(const database::RunDetail& detail)
{
    const database::RunSummary& run = detail.summary;
    const QLocale locale;
    QString html = QStringLiteral("<h3>%1</h3>").arg(QString::fromStdString(run.name).toHtmlEscaped());
    if (!run.purpose.empty()) {
        html += QStringLiteral("<p>%1</p>").arg(QString::fromStdString(run.purpose).toHtmlEscaped());
    }
    html += QStringLiteral("<table>") + factRow(tr("State"), stateTitle(run.state));
    html += factRow(tr("Problem"), QString::fromStdString(run.error));
    std::vector<database::ScoreSummary> scores = run.scores;
    std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
        return ScoreKey{a.task, a.metric} < ScoreKey{b.task, b.metric};
    });
    for (const database::ScoreSummary& score : scores) {
        html += factRow(scoreTitle({score.task, score.metric}), scoreText(score));
    }
    html += factRow(tr("Model"), QString::fromStdString(run.model)) + factRow(tr("Trained on"), RunSettings::dataOf(detail));
    for (const database::StageRow& stage : detail.stages) {
        const QString took = stage.seconds ? Text::duration(*stage.seconds) : tr("not finished");
        html +=
            factRow(stageTitle(stage.kind, stage.name), tr("%n step(s), %1", nullptr, static_cast<int>(stage.steps)).arg(took));
    }
    for (const database::MaskRow& mask : detail.masks) {
        html += factRow(tr("Mask"), tr("%1 of %2 entries kept")
                                        .arg(locale.toString(static_cast<qlonglong>(mask.kept)),
                                             locale.toString(static_cast<qlonglong>(mask.total))));
    }
    if (detail.machine) {
        html += factRow(tr("Computer"), QString::fromStdString(detail.machine->host + ", " + detail.machine->cpu));
    }
    html +=
        factRow(tr("Folder"), run.folderPresent ? QString::fromStdString(run.folder.string()) : tr("the run's folder is gone"));
    html += QStringLiteral("</table>");
    for (const database::HealthNote& note : detail.healthNotes) {
        const auto values = nlohmann::json::parse(note.valuesJson, nullptr, false);
        const HealthRemark remark =
            HealthNotes::remark(note.code, note.level, values.is_object() ? values : nlohmann::json::object(), note.text);
        html += QStringLiteral("<p>%1</p>").arg(remark.text.toHtmlEscaped());
    }
    m_facts->setText(html);
}

void HistoryDetails::fillRecipe(const database::RunDetail& detail)
{
    const nlohmann::json config = nlohmann::json::parse(detail.configJson, nullptr, false);
    m_recipe->setPlainText(QString::fromStdString(config.is_discarded() ? detail.configJson : config.dump(2)));
    m_command->setText(
        QStringLiteral("lori run --config \"%1\"").arg(QString::fromStdString((detail.summary.folder / "config.json").string())));
}

void HistoryDetails::loadEvents(const std::filesystem::path& folder)
{
    if (!m_past.isReading()) {
        const std::filesystem::path file = folder / "events.jsonl";
        std::error_code ignored; // no file is no past
        m_past.read(
            file, m_eventsPosition, std::filesystem::file_size(file, ignored),
            [this](const std::vector<events::Event>& events) { m_charts->append(events); },
            [this](std::uint64_t position) { m_eventsPosition = position; });
    }
}

void HistoryDetails::commitEdits()
{
    if (m_runId.isEmpty()) {
        return;
    }
    // Saving makes the page read again, which may come back here for another run: everything is taken down before the first save.
    const QString run = m_runId;
    const std::string note = m_note->toPlainText().toStdString();
    const QStringList tags = splitTags(m_tags->text());
    const bool noteChanged = note != m_savedNote;
    const bool tagsChanged = tags != m_savedTags;
    m_savedNote = note;
    m_savedTags = tags;
    if (noteChanged) {
        m_context.history->setNote(run, QString::fromStdString(note));
    }
    if (tagsChanged) {
        m_context.history->setTags(run, tags);
    }
}

bool HistoryDetails::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_note && event->type() == QEvent::FocusOut) {
        commitEdits();
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) { // else typing goes on after it
            showNote(true);
        }
    } else if (watched == m_renderedNote && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::NoModifier) {
            beginNote();
            return true;
        }
    } else if (watched == m_renderedNote->viewport() && event->type() == QEvent::MouseButtonRelease) {
        if (!m_renderedNote->textCursor().hasSelection()) { // else it was selected to be copied
            beginNote();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void HistoryDetails::editNote()
{
    m_tabs->setCurrentIndex(0);
    beginNote();
}

} // namespace lori::ui
