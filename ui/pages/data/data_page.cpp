// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_page.h"

#include "core/support/files.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/pages/data/data_card.h"
#include "ui/pages/data/data_get.h"
#include "ui/pages/data/data_import.h"
#include "ui/pages/data/data_lengths.h"
#include "ui/pages/data/data_list.h"
#include "ui/pages/data/data_problems.h"
#include "ui/pages/data/data_rows.h"
#include "ui/services/column_roles.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/row_lengths.h"
#include "ui/services/seen_rows.h"
#include "ui/text.h"
#include "ui/widgets/seen_row.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

namespace lori::ui {

namespace {

enum DataPlace { EmptyPlace, MessagePlace, TabsPlace };
enum TabPlace { RowsTab, SeenTab, LengthsTab, ProblemsTab };

constexpr std::size_t kRendered = 20; // rows that are rendered at once

/// How the experiment makes prompts of rows.
experiment::PromptTemplate formOf(const experiment::RunConfig& config)
{
    return config.data.sources.empty() ? experiment::PromptTemplate::Chat : config.data.sources.front().promptTemplate;
}

} // namespace

DataPage::DataPage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_config(draftedConfig(context.home)),
      m_seenRows(new SeenRows(context.home, this)),
      m_rowLengths(new RowLengths(context.home, this)),
      m_import(new DataImport(context, this)),
      m_get(new DataGet(context, this))
{
    build();
    connect(m_list, &DataList::chosen, this, &DataPage::choose);
    connect(m_chooseFile, &QPushButton::clicked, this, &DataPage::chooseFile);
    connect(m_another, &QPushButton::clicked, this, &DataPage::chooseFile);
    connect(m_makeSample, &QPushButton::clicked, this, &DataPage::chooseSample);
    connect(m_use, &QPushButton::clicked, this, [this] { use(false); });
    connectGet();
    connect(m_besides, &QPushButton::clicked, this, [this] { use(true); });
    connect(m_rows, &DataRows::opened, this, &DataPage::showOpened);
    connect(m_rows, &DataRows::mappingChanged, this, &DataPage::changeMapping);
    connect(m_rows, &DataRows::currentChanged, this, &DataPage::updateSeen);
    connect(m_tabs, &QTabWidget::currentChanged, this, &DataPage::showTab);
    connect(m_seenRows, &SeenRows::changed, this, &DataPage::showSeen);
    connect(m_seen, &SeenRowView::moved, this, [this](std::size_t row) {
        m_row = row;
        showSeen();
    });
    connect(m_lengths, &DataLengths::countRequested, this, &DataPage::showTab);
    connect(m_lengths, &DataLengths::useRequested, this,
            [this](qint64 tokens) { m_context.pages->go(intents::UseLength{tokens}); });
    connect(m_problems, &DataProblems::leaveOutRequested, this, &DataPage::leaveOut);
    connect(m_import, &DataImport::finished, this, [this](const QString& file, qlonglong rows) {
        openFile(file);
        m_context.messages->post(Tone::Good, tr("%n row(s) were written to %1.", nullptr, static_cast<int>(rows)).arg(file));
    });
    m_list->refresh();
    retranslate();
}

DataPage::~DataPage() = default;

void DataPage::openFile(const QString& path)
{
    const QString file = QFileInfo(path).absoluteFilePath();
    m_context.preferences->rememberDataFile(file);
    m_list->choose(file, {});
    choose(file, {});
}

void DataPage::openTask(const QString& task)
{
    m_list->choose({}, task);
    choose({}, task);
}

void DataPage::choose(const QString& file, const QString& task)
{
    m_contentJob.cancel();
    m_rowLengths->clear();
    m_content.reset();
    m_row = 0;
    m_source = {task.toStdString(), file.toStdString(), {}, formOf(m_config), 0};
    if (const auto chosen = m_chosen.find(m_source.file); chosen != m_chosen.end()) {
        m_source.columns = chosen->second;
    }
    m_stamp = stampOfFile(m_source.file);
    m_rows->clear();
    m_card->showTitle(title());
    if (m_list->missing(task).isEmpty()) {
        m_rows->open(m_source, m_config.data.folder);
    }
    refresh();
}

void DataPage::showOpened()
{
    m_rows->showRoles(m_source.columns, isProposed(), fixedRoles());
    if (!m_rows->page().error) {
        readAll();
    }
    refresh();
}

void DataPage::readAll()
{
    m_contentJob.cancel();
    m_rowLengths->clear();
    m_content.reset();
    m_row = 0;
    if (m_source.file.empty() || isProposed() || ColumnRoles::missing(m_source.columns).isEmpty()) {
        m_contentJob.start([source = m_source, folder = m_config.data.folder](
                               const BackgroundJob::Cancelled& cancelled) { return readContent(source, folder, *cancelled); },
                           [this](DataContent content) {
                               m_content = std::move(content);
                               showContent();
                               refresh();
                           });
    } else {
        showContent();
    }
}

void DataPage::changeMapping(const experiment::ColumnMapping& mapping)
{
    m_chosen[m_source.file] = mapping;
    m_source.columns = mapping;
    m_rows->showRoles(mapping, false, fixedRoles());
    readAll();
    refresh();
}

void DataPage::showContent()
{
    const DataContent known = m_content.value_or(DataContent{});
    const bool isRead = m_content && !known.error;
    m_rows->showRoles(isRead ? known.facts.columns : m_source.columns, isProposed(), fixedRoles());
    m_rows->showProblems(known);
    m_problems->show(known);
    m_tabs->setTabText(ProblemsTab, tr("Problems (%1)").arg(known.facts.problems.size()));
    if (isRead) {
        m_card->show(title(), m_source, known, m_config);
    } else {
        m_card->showTitle(title());
    }
    showTab();
}

void DataPage::showTab()
{
    if (m_tabs->currentIndex() == LengthsTab && m_content && !m_content->error) {
        m_rowLengths->count(m_content->rows, m_source.promptTemplate, m_config);
    }
    m_lengths->setConfig(m_config);
    updateSeen();
}

/// The row that is chosen in the table, counted without the broken ones in front of it.
void DataPage::updateSeen()
{
    if (const ShownRecord* record = m_rows->current(); record != nullptr && m_content) {
        const auto& problems = m_content->facts.problems;
        const auto broken =
            std::count_if(problems.begin(), problems.end(), [&](const auto& each) { return each.line < record->line; });
        m_row = static_cast<std::size_t>(std::max<std::int64_t>(0, record->index - broken));
    }
    showSeen();
}

void DataPage::showSeen()
{
    const bool hasRows = m_content && !m_content->rows->empty();
    m_seenNote->setText(hasRows ? tr("With the model of the experiment that is being set up, %1, and rows of at most %2 tokens.")
                                      .arg(Text::model(QString::fromStdString(m_config.model)))
                                      .arg(m_config.data.maxTokens)
                                : whyNot());
    if (m_tabs->currentIndex() != SeenTab || !hasRows) {
        m_seen->show(nullptr);
        return;
    }
    const auto& rows = *m_content->rows;
    m_row = std::min(m_row, rows.size() - 1);
    if (m_row < m_first || m_row >= std::min(m_first + kRendered, rows.size())) {
        m_first = m_row - std::min(m_row, kRendered / 2);
    }
    const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(m_first);
    DataView stretch;
    stretch.file = title();
    stretch.reading = false;
    stretch.stamp = m_stamp + '\n' + std::to_string(m_first) + ' ' + std::to_string(rows.size());
    stretch.start.rows.assign(begin, begin + static_cast<std::ptrdiff_t>(std::min(kRendered, rows.size() - m_first)));
    experiment::RunConfig config = m_config;
    config.data.sources = {m_source};
    m_seen->setStretch(m_first, rows.size());
    m_seen->goTo(m_row);
    m_seen->show(&m_seenRows->look(config, 0, stretch));
}

QString DataPage::title() const
{
    return m_source.file.empty() ? m_list->titleOf(QString::fromStdString(m_source.task))
                                 : QFileInfo(QString::fromStdString(m_source.file)).fileName();
}

QString DataPage::fixedRoles() const
{
    return m_source.file.empty() ? tr("The columns of a task are fixed.") : QString();
}

QString DataPage::whyNot() const
{
    if (!hasSource()) {
        return tr("Choose a file, a starter task or a published set.");
    }
    if (QString missing = m_list->missing(QString::fromStdString(m_source.task)); !missing.isEmpty()) {
        return missing;
    }
    if (m_rows->page().error) {
        return tr("%1 cannot be read.").arg(title());
    }
    if (m_rows->isReading() || m_contentJob.isRunning()) {
        return tr("Reading %1 …").arg(title());
    }
    if (!m_content) {
        return ColumnRoles::missing(m_source.columns);
    }
    if (m_content->error) { // columns that nobody could guess are no failure: a person chooses them
        const QString lack = ColumnRoles::missing(m_source.columns);
        return m_content->error->code == ErrorCode::InvalidArgument && !lack.isEmpty() ? lack
                                                                                       : ErrorText::sentence(*m_content->error);
    }
    const auto broken = m_content->facts.problems.size();
    return broken == 0 ? QString()
                       : tr("%n row(s) cannot be used: correct them, or leave them out under Problems.", nullptr,
                            static_cast<int>(broken));
}

void DataPage::refresh()
{
    const QString why = whyNot();
    m_why->setText(why);
    m_use->setEnabled(why.isEmpty());
    m_use->setToolTip(why.isEmpty() ? tr("Trains on these rows in the experiment that is being set up") : why);
    m_besides->setEnabled(why.isEmpty());
    m_besides->setToolTip(
        why.isEmpty()
            ? tr("Trains on these rows and on those that the experiment has already, mixed; its advanced form limits the "
                 "rows of each")
            : why);
    const QString missing = m_list->missing(QString::fromStdString(m_source.task));
    const auto& error = m_rows->page().error;
    const bool opening = missing.isEmpty() && m_rows->isReading() && m_rows->page().records.empty();
    m_reading->setVisible(opening);
    m_another->setVisible(!opening);
    m_message->setText(!missing.isEmpty() ? missing : error ? ErrorText::sentence(*error) : tr("Reading %1 …").arg(title()));
    showMissing(missing);
    m_stack->setCurrentIndex(!hasSource() ? EmptyPlace : !missing.isEmpty() || error || opening ? MessagePlace : TabsPlace);
    m_cardScroll->setVisible(hasSource());
    if (!m_content) {
        m_tabs->setTabText(ProblemsTab, tr("Problems"));
    }
}

void DataPage::leaveOut()
{
    if (m_content && !m_content->error && !m_source.file.empty()) {
        m_import->start(QString::fromStdString(m_source.file), m_source.columns);
    }
}

void DataPage::use(bool besides)
{
    if (!whyNot().isEmpty()) {
        return;
    }
    intents::UseData asked;
    asked.data.sources = {m_source};
    asked.besides = besides;
    m_context.pages->go(asked);
}

void DataPage::chooseFile()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Choose a data file"), QString(),
                                     tr("Data (*.csv *.tsv *.json *.jsonl *.ndjson *.gz *.parquet *.arrow);;All files (*)"));
    if (!file.isEmpty()) {
        openFile(file);
    }
}

void DataPage::chooseSample()
{
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Make a sample file"), QStringLiteral("questions.csv"), tr("Tables (*.csv)"));
    if (!file.isEmpty()) {
        makeSample(file);
    }
}

void DataPage::makeSample(const QString& path)
{
    QString text = QStringLiteral("instruction,input,output\r\n");
    for (const auto& [question, answer] : {std::pair{tr("What is the capital of France?"), tr("Paris.")},
                                           std::pair{tr("What is the capital of Peru?"), tr("Lima.")},
                                           std::pair{tr("Say thank you in one word."), tr("Thanks!")}}) {
        text += QStringLiteral("\"%1\",,\"%2\"\r\n").arg(question, answer);
    }
    const auto written = writeFileAtomically(path.toStdString(), text.toStdString());
    if (!written) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(written.error()));
        return;
    }
    openFile(path);
    m_context.messages->post(
        Tone::Good, tr("%1 was written: fill it in with a spreadsheet program, one question and answer a row.").arg(path));
}

void DataPage::take(const Intent& intent)
{
    if (const auto* asked = std::get_if<intents::OpenData>(&intent); asked != nullptr && !asked->path.isEmpty()) {
        openFile(asked->path);
    }
}

std::vector<PageView> DataPage::views(const QString& /*runId*/)
{
    const auto tab = [this](int place) {
        return [this, place] {
            openTask(QStringLiteral("safety"));
            m_tabs->setCurrentIndex(place);
        };
    };
    return {{QString(),
             [] {
             }},
            {QStringLiteral("rows"), tab(RowsTab)},
            {QStringLiteral("seen"), tab(SeenTab)},
            {QStringLiteral("lengths"), tab(LengthsTab)},
            {QStringLiteral("problems"), tab(ProblemsTab)}};
}

bool DataPage::isBusy() const
{
    return m_rows->isReading() || m_contentJob.isRunning() || m_rowLengths->isCounting();
}

void DataPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_config = draftedConfig(m_context.home); // another model or length may have been chosen since
    m_source.promptTemplate = formOf(m_config);
    m_list->refresh();
    const bool changed = !m_source.file.empty() && stampOfFile(m_source.file) != m_stamp;
    if (changed) {
        choose(QString::fromStdString(m_source.file), {});
    } else if (m_content) {
        showContent();
    }
}

void DataPage::dragEnterEvent(QDragEnterEvent* event)
{
    const bool isOurs = !OpenedFiles::draggedFor(*event->mimeData(), QStringLiteral("data")).isEmpty();
    event->setAccepted(isOurs); // what is not, the window may know
    if (isOurs) {
        event->acceptProposedAction();
    }
}

void DataPage::dropEvent(QDropEvent* event)
{
    const QStringList files = OpenedFiles::draggedFor(*event->mimeData(), QStringLiteral("data"));
    if (!files.isEmpty()) {
        event->acceptProposedAction();
        openFile(files.front());
    }
}

} // namespace lori::ui
