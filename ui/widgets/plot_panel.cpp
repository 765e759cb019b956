// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plot_panel.h"

#include "ui/widgets/plot_export.h"
#include "ui/widgets/plot_legend.h"
#include "ui/widgets/plot_table.h"
#include "ui/widgets/plot_view.h"

#include <QAction>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace lori::ui {

namespace {

constexpr double kZoomStep = 1.25; // as the keys + and -

} // namespace

PlotPanel::PlotPanel(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent),
      m_name(name),
      m_header(new QHBoxLayout),
      m_title(new QLabel(this)),
      m_note(new QLabel(this)),
      m_stack(new QStackedWidget(this)),
      m_view(new PlotView(this)),
      m_model(new PlotTableModel(this))
{
    setObjectName(name);
    m_view->setObjectName(name + QStringLiteral("View"));
    m_title->setObjectName(name + QStringLiteral("Title"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_note->setObjectName(name + QStringLiteral("Note"));
    m_note->setWordWrap(true);
    m_logarithm = makeSwitch(QStringLiteral("Logarithm"));
    m_table = makeSwitch(QStringLiteral("Table"));
    makeMenuButton();

    m_header->addWidget(m_title);
    m_header->addStretch(1);
    m_header->addWidget(m_logarithm);
    m_header->addWidget(m_table);
    m_header->addWidget(m_menu);

    auto* table = new QTableView(this);
    table->setObjectName(name + QStringLiteral("TableView"));
    table->setModel(m_model);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide(); // a number of the row beside the step would be taken for it
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents); // the names of the curves whole
    table->horizontalHeader()->setResizeContentsPrecision(50);                      // rows that are looked at
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
    retranslate();
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
        m_model->setCurves(tableOf(m_view->series()), axisOf(m_view->frame()));
    }
    m_table->setChecked(shown);
    m_stack->setCurrentIndex(shown ? 1 : 0);
}

QToolButton* PlotPanel::makeSwitch(const QString& name)
{
    auto* button = new QToolButton(this);
    button->setObjectName(m_name + name);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

void PlotPanel::makeMenuButton()
{
    m_menu = new QToolButton(this);
    m_menu->setObjectName(m_name + QStringLiteral("Menu"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setAutoRaise(true);
    auto* menu = new QMenu(m_menu);
    m_copy = menu->addAction(QString(), this, [this] { copyPlot(*m_view, pictureTitle()); });
    m_copy->setObjectName(QStringLiteral("copyPlot"));
    m_save = menu->addAction(QString(), this, &PlotPanel::savePicture);
    m_save->setObjectName(QStringLiteral("savePlot"));
    menu->addSeparator();
    m_zoomIn = menu->addAction(QString(), this, [this] { m_view->zoomBy(kZoomStep); });
    m_zoomIn->setObjectName(QStringLiteral("zoomIn"));
    m_zoomOut = menu->addAction(QString(), this, [this] { m_view->zoomBy(1 / kZoomStep); });
    m_zoomOut->setObjectName(QStringLiteral("zoomOut"));
    m_reset = menu->addAction(QString(), m_view, &PlotView::resetZoom);
    m_reset->setObjectName(QStringLiteral("resetZoom"));
    m_menu->setMenu(menu);
}

void PlotPanel::retranslate()
{
    m_logarithm->setText(tr("Lo&g scale"));
    m_logarithm->setToolTip(tr("Draw the vertical axis logarithmically"));
    m_table->setText(tr("Show &as table"));
    m_table->setToolTip(tr("Show the numbers as a table instead of a picture"));
    m_menu->setText(tr("&Save"));
    m_menu->setAccessibleName(tr("Save, copy or zoom this chart"));
    m_menu->setToolTip(m_menu->accessibleName());
    m_copy->setText(tr("&Copy picture and numbers"));
    m_save->setText(tr("&Save picture or numbers…"));
    m_zoomIn->setText(tr("Zoom &in"));
    m_zoomOut->setText(tr("Zoom o&ut"));
    m_reset->setText(tr("Sh&ow everything again"));
    setTitle(m_title->text());
    updateNote();
}

void PlotPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void PlotPanel::savePicture()
{
    QFileDialog dialog(this, tr("Save chart"), QString(),
                       tr("Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Numbers (*.csv)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(QStringLiteral("png"));
    connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(QLatin1String("*."), 1).chopped(1)); // for a name without an ending
    });
    dialog.selectFile(fileName());
    if (dialog.exec() == QDialog::Accepted && !dialog.selectedFiles().isEmpty()) {
        saveAs(dialog.selectedFiles().front());
    }
}

QString PlotPanel::pictureTitle() const
{
    return m_subject.isEmpty() ? m_title->text() : tr("%1 – %2", "run, what its chart shows").arg(m_subject, m_title->text());
}

QString PlotPanel::fileName() const
{
    QString subject;
    for (const QChar c : m_subject.simplified()) { // letters and digits of any script are safe in a file's name
        subject += c.isLetterOrNumber() || c == QLatin1Char('.') ? c : QLatin1Char('-');
    }
    subject = subject.left(60);
    return (subject.isEmpty() ? m_name : subject + QLatin1Char('-') + m_name) + QStringLiteral(".png");
}

void PlotPanel::saveAs(const QString& file)
{
    const QString problem = savePlot(*m_view, pictureTitle(), file);
    m_note->setText(problem.isEmpty() ? tr("Saved: %1").arg(file) : problem);
    m_note->show();
}

void PlotPanel::updateNote()
{
    const auto hidden = static_cast<int>(m_view->hiddenByLogarithm());
    m_note->setText(hidden == 0 ? QString()
                                : tr("%n point(s) at or below zero cannot be shown on a log scale.", nullptr, hidden));
    m_note->setVisible(hidden != 0);
    if (m_stack->currentIndex() == 1) {
        m_model->setCurves(tableOf(m_view->series()), axisOf(m_view->frame()));
    }
}

} // namespace lori::ui
