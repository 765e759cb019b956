// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/studies/study_report.h"

#include "ui/pages/studies/study_phrases.h"
#include "ui/pages/studies/study_words.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/table_copy.h"
#include "ui/widgets/wrapped_label.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <map>

namespace lori::ui {

using nlohmann::json;

namespace {

constexpr int kPlotLines = 22;
constexpr double kMargin = 0.04; ///< of the width, so that no point lies on the frame

QString textOf(const json& object, const char* name)
{
    return StudyPhrases::said(QString::fromStdString(object.value(name, std::string())));
}

const json& listOf(const json& object, const char* name)
{
    static const json none = json::array();
    const auto found = object.find(name);
    return found != object.end() && found->is_array() ? *found : none;
}

std::pair<double, double> rangeOfX(const json& points)
{
    double low = std::numeric_limits<double>::max();
    double high = std::numeric_limits<double>::lowest();
    for (const json& point : points) {
        low = std::min(low, point.at("x").get<double>());
        high = std::max(high, point.at("x").get<double>());
    }
    return low < high ? std::pair(low, high) : std::pair(low - 1, low + 1);
}

QString pointsText(double share)
{
    return QLocale().toString(100 * share, 'f', 1);
}

/// A table shows all its rows; the page scrolls.
void fitHeight(QTableWidget& table)
{
    table.resizeRowsToContents();
    int height = table.horizontalHeader()->sizeHint().height() + 2 * table.frameWidth();
    for (int row = 0; row < table.rowCount(); ++row) {
        height += table.rowHeight(row);
    }
    table.setFixedHeight(height + table.fontMetrics().height()); // room for a horizontal bar
}

} // namespace

StudyReport::StudyReport(QWidget* parent) : QWidget(parent), m_outer(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("studyReport"));
    m_outer->setContentsMargins(0, 0, 0, 0);
}

void StudyReport::show(const json& report)
{
    if (report != m_report) {
        m_report = report;
        rebuild();
    }
}

void StudyReport::rebuild()
{
    delete m_body;
    m_body = new QWidget(this);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_outer->addWidget(m_body);
    if (!m_report.is_object()) {
        return;
    }
    int place = 0;
    for (const json& relation : listOf(m_report, "relations")) {
        addRelation(relation, place++);
    }
    place = 0;
    for (const json& table : listOf(m_report, "tables")) {
        addTable(table, place++);
    }
    addClaims(listOf(m_report, "claims"));
    m_column->addStretch(1);
}

QTableWidget* StudyReport::makeTable(const QString& name, const QStringList& columns, int rows)
{
    auto* table = new QTableWidget(rows, static_cast<int>(columns.size()), m_body);
    table->setObjectName(name);
    table->setHorizontalHeaderLabels(columns);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setWordWrap(true);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    makeCopyable(*table);
    return table;
}

void StudyReport::addRelation(const json& relation, int place)
{
    auto* panel = new PlotPanel(QStringLiteral("studyPlot%1").arg(place), textOf(relation, "title"), m_body);
    panel->setSubject(textOf(m_report, "title"));
    panel->setMinimumHeight(fontMetrics().height() * kPlotLines);
    panel->view()->setAxisTitles(textOf(relation, "x"), textOf(relation, "y"));
    std::vector<std::string> names;
    std::map<std::string, std::vector<PlotPoint>> byGroup;
    for (const json& point : listOf(relation, "points")) {
        const auto group = point.at("group").get<std::string>();
        if (byGroup.find(group) == byGroup.end()) {
            names.push_back(group);
        }
        byGroup[group].push_back({point.at("x").get<double>(), point.at("y").get<double>()});
    }
    constexpr PlotMarker kMarkers[] = {PlotMarker::Circle, PlotMarker::Square, PlotMarker::Triangle, PlotMarker::Diamond};
    int colour = 0;
    for (const std::string& name : names) {
        std::vector<PlotPoint>& points = byGroup[name];
        std::sort(points.begin(), points.end(), [](const PlotPoint& a, const PlotPoint& b) { return a.x < b.x; });
        PlotSeries series;
        series.id = QString::fromStdString(name);
        series.name = StudyPhrases::said(series.id);
        series.style = {colour, PlotDash::Solid, kMarkers[colour % 4], false, PlotShape::Points};
        series.points = std::move(points);
        panel->view()->setSeries(std::move(series));
        ++colour;
    }
    const auto [low, high] = rangeOfX(listOf(relation, "points"));
    panel->view()->setXLimits(std::pair(low - kMargin * (high - low), high + kMargin * (high - low)));
    m_column->addWidget(panel);
    auto* sentence = new QLabel(StudyWords::sentence(relation), m_body);
    sentence->setObjectName(QStringLiteral("studySentence%1").arg(place));
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(sentence);

    const json& groups = listOf(relation, "groups");
    QTableWidget* table = makeTable(QStringLiteral("studyGroups%1").arg(place),
                                    {tr("Adapters"), tr("Merges"), textOf(relation, "x"), textOf(relation, "y"), tr("95 %")},
                                    static_cast<int>(groups.size()));
    table->setAccessibleName(textOf(relation, "title"));
    int row = 0;
    for (const json& group : groups) {
        const QStringList cells{
            textOf(group, "title"), QLocale().toString(group.value("sets", 0)), QLocale().toString(group.value("x", 0.0), 'f', 4),
            QLocale().toString(group.value("y", 0.0), 'f', 4), StudyWords::range(group.value("range", json()))};
        for (int column = 0; column < cells.size(); ++column) {
            table->setItem(row, column, new QTableWidgetItem(cells[column]));
        }
        ++row;
    }
    fitHeight(*table);
    m_column->addWidget(table);
}

void StudyReport::addTable(const json& found, int place)
{
    QLabel* title = headingLabel(m_body, 1.1);
    title->setText(textOf(found, "title"));
    m_column->addWidget(title);
    QStringList columns{QString()};
    for (const json& column : listOf(found, "columns")) {
        columns.append(StudyPhrases::said(QString::fromStdString(column.get<std::string>())));
    }
    const json& rows = listOf(found, "rows");
    QTableWidget* table = makeTable(QStringLiteral("studyTable%1").arg(place), columns, static_cast<int>(rows.size()));
    table->setAccessibleName(title->text());
    int row = 0;
    for (const json& line : rows) {
        table->setItem(row, 0, new QTableWidgetItem(textOf(line, "title")));
        int column = 1;
        for (const json& cell : listOf(line, "cells")) {
            table->setItem(row, column++, new QTableWidgetItem(StudyWords::cell(cell)));
        }
        ++row;
    }
    fitHeight(*table);
    m_column->addWidget(table);
    if (const QString note = textOf(found, "note"); !note.isEmpty()) {
        auto* label = new QLabel(note, m_body);
        label->setWordWrap(true);
        m_column->addWidget(label);
    }
}

void StudyReport::addClaims(const json& claims)
{
    if (claims.empty()) {
        return;
    }
    QLabel* title = headingLabel(m_body, 1.1);
    title->setText(tr("What the paper says, held against what was measured here"));
    m_column->addWidget(title);
    QTableWidget* table =
        makeTable(QStringLiteral("studyClaims"), {tr("The paper"), tr("Here"), tr("Points of difference (95 %)")},
                  static_cast<int>(claims.size()));
    table->setAccessibleName(title->text());
    int row = 0;
    for (const json& claim : claims) {
        const json& change = claim.at("change");
        table->setItem(row, 0, new QTableWidgetItem(textOf(claim, "paper")));
        table->setItem(row, 1, new QTableWidgetItem(StudyWords::verdict(claim.value("verdict", std::string()))));
        table->setItem(row, 2,
                       new QTableWidgetItem(tr("%1 (%2 to %3)")
                                                .arg(pointsText(change.value("value", 0.0)), pointsText(change.value("low", 0.0)),
                                                     pointsText(change.value("high", 0.0)))));
        ++row;
    }
    fitHeight(*table);
    m_column->addWidget(table);
}

void StudyReport::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        rebuild();
    }
    QWidget::changeEvent(event);
}

} // namespace lori::ui
