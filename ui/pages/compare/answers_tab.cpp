// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/answers_tab.h"

#include "ui/pages/compare/compare_words.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr int kCellLetters = 300; ///< of a long text; the whole one stands below the table

QString cell(const std::string& text)
{
    return QString::fromStdString(text).simplified().left(kCellLetters);
}

QString verdict(bool good)
{
    return good ? AnswersTab::tr("right") : AnswersTab::tr("wrong");
}

bool passes(const ComparedAnswer& answer, int filter)
{
    return filter == AnswersTab::All ||
           (answer.firstGood != answer.secondGood && answer.firstGood == (filter == AnswersTab::RightToWrong));
}

} // namespace

void AnswerTable::setAnswers(std::vector<ComparedAnswer> answers, const QString& first, const QString& second)
{
    using Row = ComparedAnswer;
    const auto words = [](const char* id, std::function<QString()> title, std::function<QString(const Row&)> text) {
        return TableColumn<Row>{.id = QLatin1String(id), .title = std::move(title), .text = std::move(text)};
    };
    reset({words(
               "prompt", [] { return AnswersTab::tr("Question"); }, [](const Row& row) { return cell(row.prompt); }),
           words(
               "expected", [] { return AnswersTab::tr("Expected"); }, [](const Row& row) { return cell(row.expected); }),
           words(
               "first", [first] { return first; }, [](const Row& row) { return cell(row.first); }),
           words(
               "firstVerdict", [] { return AnswersTab::tr("Right?"); }, [](const Row& row) { return verdict(row.firstGood); }),
           words(
               "second", [second] { return second; }, [](const Row& row) { return cell(row.second); }),
           words(
               "secondVerdict", [] { return AnswersTab::tr("Right?"); }, [](const Row& row) { return verdict(row.secondGood); })},
          std::move(answers));
}

AnswersTab::AnswersTab(QWidget* parent) : QWidget(parent), m_model(new AnswerTable(this))
{
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("compareAnswersNote"));
    m_note->setWordWrap(true);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("compareAnswers"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    makeDetails();
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("compareAnswersSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    makeTop();
    layout->addWidget(m_note);
    layout->addWidget(splitter, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AnswersTab::showRow);
}

void AnswersTab::makeTop()
{
    const auto box = [this](const char* name, int letters) {
        auto* made = new QComboBox(this);
        made->setObjectName(QLatin1String(name));
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made->setMinimumContentsLength(letters);
        return made;
    };
    m_score = box("compareAnswerScore", 24);
    m_side = box("compareAnswerSide", 12);
    auto* row = new QHBoxLayout;
    row->addWidget(m_score, 2);
    row->addWidget(m_side, 1);
    auto* group = new QButtonGroup(this);
    static constexpr const char* kNames[]{"compareAll", "compareRightToWrong", "compareWrongToRight"};
    for (std::size_t i = 0; i < m_filters.size(); ++i) {
        m_filters[i] = new QToolButton(this);
        m_filters[i]->setObjectName(QLatin1String(kNames[i]));
        m_filters[i]->setCheckable(true);
        group->addButton(m_filters[i]);
        row->addWidget(m_filters[i]);
        connect(m_filters[i], &QToolButton::clicked, this, &AnswersTab::fill);
    }
    m_filters[All]->setChecked(true);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_score, &QComboBox::activated, this, &AnswersTab::fill);
    connect(m_side, &QComboBox::activated, this, &AnswersTab::fillScores);
}

void AnswersTab::makeDetails()
{
    m_details = new QWidget(this);
    auto* grid = new QGridLayout(m_details);
    grid->setContentsMargins(0, 0, 0, 0);
    static constexpr const char* kNames[]{"compareQuestion", "compareFirstAnswer", "compareSecondAnswer"};
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        m_titles[i] = new QLabel(m_details);
        m_titles[i]->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_texts[i] = new QPlainTextEdit(m_details);
        m_texts[i]->setObjectName(QLatin1String(kNames[i]));
        m_texts[i]->setReadOnly(true);
        m_texts[i]->setTabChangesFocus(true);
        m_texts[i]->setMinimumHeight(fontMetrics().height() * 4);
        grid->addWidget(m_titles[i], 0, static_cast<int>(i));
        grid->addWidget(m_texts[i], 1, static_cast<int>(i));
        grid->setColumnStretch(static_cast<int>(i), 1);
    }
}

void AnswersTab::show(std::shared_ptr<const Comparison> comparison)
{
    m_comparison = std::move(comparison);
    m_score->setAccessibleName(tr("Which score's answers"));
    m_side->setAccessibleName(tr("Whose answers beside the baseline's"));
    m_side->setToolTip(tr("Whose answers beside the baseline's"));
    m_table->setAccessibleName(tr("Answers of two runs"));
    m_texts[0]->setAccessibleName(tr("The selected question"));
    m_texts[1]->setAccessibleName(tr("The baseline's answer"));
    m_texts[2]->setAccessibleName(tr("The other answer"));
    fillSides();
}

std::size_t AnswersTab::side() const
{
    return static_cast<std::size_t>(std::max(0, m_side->currentData().toInt()));
}

const ScoreKey* AnswersTab::score() const
{
    const int place = m_score->currentIndex();
    return place >= 0 && place < static_cast<int>(m_scores.size()) ? &m_scores[static_cast<std::size_t>(place)] : nullptr;
}

void AnswersTab::fillSides()
{
    const QSignalBlocker quiet(m_side);
    const QString chosen = m_side->currentText();
    m_side->clear();
    for (std::size_t i = 0; i < m_comparison->sides.size(); ++i) {
        if (i != m_comparison->baseline) {
            m_side->addItem(m_comparison->sideTitle(i), static_cast<int>(i));
        }
    }
    m_side->setCurrentIndex(std::max(0, m_side->findText(chosen)));
    m_side->setVisible(m_side->count() > 1);
    fillScores();
}

void AnswersTab::fillScores()
{
    const QSignalBlocker quiet(m_score);
    const ScoreKey chosen = score() != nullptr ? *score() : ScoreKey{};
    m_scores = m_side->count() == 0 ? std::vector<ScoreKey>() : m_comparison->answersOf(m_comparison->baseline, side());
    m_score->clear();
    for (const ScoreKey& key : m_scores) {
        m_score->addItem(compare_words::scoreTitle(key));
    }
    const auto found = std::find(m_scores.begin(), m_scores.end(), chosen);
    if (!m_scores.empty()) {
        m_score->setCurrentIndex(found == m_scores.end() ? 0 : static_cast<int>(found - m_scores.begin()));
    }
    m_score->setEnabled(!m_scores.empty());
    fill();
}

void AnswersTab::fill()
{
    std::vector<ComparedAnswer> answers;
    QString note;
    if (const ScoreKey* key = score()) {
        answers = m_comparison->answers(*key, m_comparison->baseline, side());
        const auto& differences = m_comparison->sides[side()].differences;
        if (const auto found = differences.find(*key); found != differences.end() && !found->second.notPaired.empty()) {
            note = tr("These runs were not measured on the same rows: %1").arg(QString::fromStdString(found->second.notPaired));
            answers.clear();
        }
    } else {
        note =
            tr("These two have no answers to the same questions. Runs keep the answers of every score that they measure; choose "
               "runs that were scored on the same task.");
    }
    int filter = All;
    for (std::size_t i = 0; i < m_filters.size(); ++i) {
        m_counts[i] = static_cast<int>(
            std::count_if(answers.begin(), answers.end(), [&](const auto& row) { return passes(row, static_cast<int>(i)); }));
        filter = m_filters[i]->isChecked() ? static_cast<int>(i) : filter;
    }
    m_filters[All]->setText(tr("All (%1)").arg(m_counts[All]));
    m_filters[RightToWrong]->setText(tr("Right → wrong (%1)").arg(m_counts[RightToWrong]));
    m_filters[WrongToRight]->setText(tr("Wrong → right (%1)").arg(m_counts[WrongToRight]));
    std::erase_if(answers, [&](const ComparedAnswer& row) { return !passes(row, filter); });
    if (note.isEmpty() && answers.empty()) {
        note = tr("No answer went this way.");
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    const bool any = m_side->count() > 0;
    const QString first = any ? m_comparison->sideTitle(m_comparison->baseline) : QString();
    const QString second = any ? m_comparison->sideTitle(side()) : QString();
    m_model->setAnswers(std::move(answers), first, second);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[]{36, 14, 26, 8, 26, 8};
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_table->setColumnWidth(column, letter * widths[column]);
    }
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_titles[0]->setText(tr("Question and expected answer"));
    m_titles[1]->setText(first);
    m_titles[2]->setText(second);
    if (m_model->rowCount() > 0) {
        m_table->selectRow(0);
    }
    showRow();
}

void AnswersTab::showRow()
{
    const ComparedAnswer* row = m_model->rowAt(m_table->currentIndex());
    const auto text = [](const std::string& plain) {
        return QString::fromStdString(plain);
    };
    if (row == nullptr) {
        for (QPlainTextEdit* edit : m_texts) {
            edit->clear();
        }
        return;
    }
    m_texts[0]->setPlainText(row->expected.empty() ? text(row->prompt)
                                                   : tr("%1\n\nExpected: %2").arg(text(row->prompt), text(row->expected)));
    m_texts[1]->setPlainText(text(row->first));
    m_texts[2]->setPlainText(text(row->second));
}

void AnswersTab::choose(const ScoreKey& key, std::size_t side)
{
    const int place = m_side->findData(static_cast<int>(side));
    if (place >= 0) {
        m_side->setCurrentIndex(place);
        fillScores();
    }
    const auto found = std::find(m_scores.begin(), m_scores.end(), key);
    if (found != m_scores.end()) {
        m_score->setCurrentIndex(static_cast<int>(found - m_scores.begin()));
        fill();
    }
}

void AnswersTab::setFilter(Filter filter)
{
    m_filters[static_cast<std::size_t>(filter)]->setChecked(true);
    fill();
}

} // namespace lori::ui
