// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/run_tray.h"

#include "ui/icons.h"
#include "ui/pages/compare/compare_words.h"
#include "ui/widgets/flow_layout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace lori::ui {
namespace {

constexpr int kMostLetters = 28; ///< of a chip's name; the whole one is in its tool tip

} // namespace

RunTray::RunTray(Choices choices, QWidget* parent) : QWidget(parent), m_choices(std::move(choices))
{
    setObjectName(QStringLiteral("compareTray"));
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_add = new QToolButton(this);
    m_add->setObjectName(QStringLiteral("compareAdd"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_addMenu = new QMenu(m_add);
    m_addMenu->setObjectName(QStringLiteral("compareAddMenu"));
    connect(m_addMenu, &QMenu::aboutToShow, this, &RunTray::fillAddMenu);
    m_add->setMenu(m_addMenu);
    rebuild();
}

void RunTray::setChips(std::vector<Chip> chips)
{
    m_chips = std::move(chips);
    rebuild();
}

void RunTray::rebuild()
{
    setAccessibleName(tr("Runs that are compared"));
    while (layout()->count() > 0) {
        delete layout()->takeAt(0);
    }
    for (QWidget* chip : findChildren<QWidget*>(QStringLiteral("compareChip"), Qt::FindDirectChildrenOnly)) {
        chip->hide();
        chip->setObjectName(QString());
        chip->deleteLater(); // its own button may have asked for this
    }
    QWidget* before = nullptr;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        makeChip(m_chips[i], i);
        QWidget* chip = layout()->itemAt(static_cast<int>(i))->widget();
        if (before != nullptr) {
            setTabOrder(before, chip->findChild<QToolButton*>());
        }
        before = chip->findChildren<QToolButton*>().last();
    }
    if (before != nullptr) {
        setTabOrder(before, m_add);
    }
    m_add->setText(tr("&Add a run"));
    const bool full = static_cast<int>(m_chips.size()) >= kMostCompared;
    m_add->setEnabled(!full);
    m_add->setToolTip(full ? tr("%1 runs can be compared at once; take one away first.").arg(kMostCompared)
                           : tr("Compare with another run"));
    layout()->addWidget(m_add);
    layout()->invalidate(); // the chips were laid out as they were shown, before it was there again
    updateGeometry();
}

void RunTray::makeChip(const Chip& chip, std::size_t place)
{
    auto* box = new QWidget(this);
    box->setObjectName(QStringLiteral("compareChip"));
    auto* name = new QToolButton(box);
    name->setObjectName(QStringLiteral("compareChip-") + chip.runId);
    name->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    name->setPopupMode(QToolButton::InstantPopup);
    name->setIcon(compare_words::swatch(place, palette()));
    const QString whole = chip.isBaseline ? tr("%1 (baseline)", "a run's name").arg(chip.title) : chip.title;
    const QString title = chip.title.size() > kMostLetters ? chip.title.left(kMostLetters - 1) + QStringLiteral("…") : chip.title;
    QString shown = chip.isBaseline ? tr("%1 (baseline)", "a run's name").arg(title) : title;
    name->setText(shown.replace(QLatin1Char('&'), QStringLiteral("&&")));
    name->setToolTip(whole);
    name->setAccessibleName(whole);
    auto* menu = new QMenu(name);
    const auto add = [&](const char* id, const QString& text, void (RunTray::*ask)(const QString&)) {
        QAction* action = menu->addAction(text, this, [this, ask, run = chip.runId] { Q_EMIT(this->*ask)(run); });
        action->setObjectName(QLatin1String(id));
        return action;
    };
    QAction* baseline = add("compareMakeBaseline", tr("Make &baseline"), &RunTray::baselineAsked);
    baseline->setEnabled(!chip.isBaseline && m_chips.size() > 1);
    add("compareUseSettings", tr("&Use these settings"), &RunTray::settingsAsked);
    add("compareOpenRun", tr("&Open the run"), &RunTray::openAsked);
    menu->addSeparator();
    add("compareRemoveRun", tr("Re&move from the comparison"), &RunTray::removeAsked);
    name->setMenu(menu);
    auto* remove = new QToolButton(box);
    remove->setObjectName(QStringLiteral("compareRemove-") + chip.runId);
    remove->setAutoRaise(true);
    remove->setIcon(icon(QStringLiteral("close")));
    remove->setToolTip(tr("Remove from the comparison"));
    remove->setAccessibleName(tr("Remove %1 from the comparison").arg(chip.title));
    connect(remove, &QToolButton::clicked, this, [this, run = chip.runId] { Q_EMIT removeAsked(run); });
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(name);
    row->addWidget(remove);
    layout()->addWidget(box);
    box->show();
}

void RunTray::fillAddMenu()
{
    m_addMenu->clear();
    for (const auto& [run, title] : m_choices()) {
        QAction* action = m_addMenu->addAction(QString(title).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                               [this, run = run] { Q_EMIT addAsked(run); });
        action->setObjectName(QStringLiteral("compareAdd-") + run);
    }
    m_addMenu->addSeparator();
    m_addMenu->addAction(tr("&Choose in the history …"), this, &RunTray::historyAsked);
}

void RunTray::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        rebuild();
    }
}

} // namespace lori::ui
