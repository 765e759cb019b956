// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_panel.h"

#include "ui/widgets/plot_export.h"
#include "ui/widgets/plot_legend.h"
#include "ui/widgets/plot_table_model.h"
#include "ui/widgets/plot_view.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace lori::ui {

PlotPanel::PlotPanel(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent),
      m_name(name),
      m_header(new QHBoxLayout),
      m_title(new QLabel(this)),
      m_note(new QLabel(this)),
      m_stack(new QStackedWidget(this)),
      m_view(new PlotView(this)),
      m_model(new PlotTableModel(m_view, this))
{
    setObjectName(name);
    m_view->setObjectName(name + QStringLiteral("View"));
    m_title->setObjectName(name + QStringLiteral("Title"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_note->setObjectName(name + QStringLiteral("Note"));
    m_note->setWordWrap(true);
    m_logarithm = makeButton(QStringLiteral("Logarithm"), tr("Lo&g scale"), tr("Draw the vertical axis logarithmically"));
    m_table = makeButton(QStringLiteral("Table"), tr("Show as &table"), tr("Show the numbers as a table instead of a picture"));

    m_header->addWidget(m_title);
    m_header->addStretch(1);
    m_header->addWidget(m_logarithm);
    m_header->addWidget(m_table);
    m_header->addWidget(makeMenuButton());

    auto* table = new QTableView(this);
    table->setObjectName(name + QStringLiteral("TableView"));
    table->setModel(m_model);
    table->setAlternatingRowColors(true);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_stack->setObjectName(name + QStringLiteral("Stack"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(table);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(m_header);
    layout->addWidget(new PlotLegend(m_view, this));
    layout->addWidget(m_note);
    layout->addWidget(m_stack, 1);
    setTitle(title);
    updateNote();
    connectView();
}

void PlotPanel::connectView()
{
    connect(m_logarithm, &QToolButton::toggled, this,
            [this](bool on) { m_view->setYScale(on ? PlotScale::Logarithmic : PlotScale::Linear); });
    connect(m_table, &QToolButton::toggled, this, &PlotPanel::setTableShown);
    connect(m_view, &PlotView::refreshed, this, &PlotPanel::updateNote);
}

void PlotPanel::setTitle(const QString& title)
{
    m_title->setText(title);
    m_view->setAccessibleName(tr("Chart: %1").arg(title));
    m_stack->widget(1)->setAccessibleName(tr("Table: %1").arg(title));
    m_logarithm->setAccessibleName(tr("Log scale: %1").arg(title));
    m_table->setAccessibleName(tr("Show as table: %1").arg(title));
}

void PlotPanel::addControl(QWidget* control)
{
    m_header->insertWidget(1, control);
}

void PlotPanel::setTableShown(bool shown)
{
    if (shown) {
        m_model->update();
    }
    m_table->setChecked(shown);
    m_stack->setCurrentIndex(shown ? 1 : 0);
}

QToolButton* PlotPanel::makeButton(const QString& name, const QString& text, const QString& explanation)
{
    auto* button = new QToolButton(this);
    button->setObjectName(m_name + name);
    button->setText(text);
    button->setToolTip(explanation);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

QToolButton* PlotPanel::makeMenuButton()
{
    auto* button = new QToolButton(this);
    button->setObjectName(m_name + QStringLiteral("Menu"));
    button->setText(tr("Sa&ve"));
    button->setAccessibleName(tr("Save or copy this chart"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    auto* menu = new QMenu(button);
    menu->addAction(tr("&Copy picture and numbers"), this, [this] { copyPlot(*m_view, m_title->text()); })
        ->setObjectName(QStringLiteral("copyPlot"));
    menu->addAction(tr("&Save picture or numbers…"), this, &PlotPanel::savePicture)->setObjectName(QStringLiteral("savePlot"));
    menu->addSeparator();
    menu->addAction(tr("Show &everything again"), m_view, &PlotView::resetZoom)->setObjectName(QStringLiteral("resetZoom"));
    button->setMenu(menu);
    return button;
}

void PlotPanel::savePicture()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save chart"), m_name + QStringLiteral(".png"),
                                                      tr("Picture (*.png);;Drawing (*.svg);;Numbers (*.csv)"));
    if (!file.isEmpty()) {
        m_note->setText(savePlot(*m_view, m_title->text(), file));
        m_note->setVisible(!m_note->text().isEmpty());
    }
}

void PlotPanel::updateNote()
{
    const auto hidden = static_cast<int>(m_view->hiddenByLogarithm());
    m_note->setText(hidden == 0 ? QString()
                                : tr("%n point(s) at or below zero cannot be shown on a log scale.", nullptr, hidden));
    m_note->setVisible(hidden != 0);
    if (m_stack->currentIndex() == 1) {
        m_model->update();
    }
}

} // namespace lori::ui
