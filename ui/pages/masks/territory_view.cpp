// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/territory_view.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace lori::ui {
namespace {

constexpr double kLargestSparsity = 99.9; // percent, as everywhere

} // namespace

TerritoryView::TerritoryView(AppContext& context, QWidget* parent)
    : MaskSetView(context, QStringLiteral("maskTerritory"), 1, parent)
{
    m_model = new TerritoryTableModel(this);
    m_stack = new ModuleStack(QStringLiteral("maskTerritoryModules"), m_model, bodyWidget());
    body()->addWidget(makeRoomLine());
    body()->addWidget(m_stack, 1);
    connect(m_stack, &ModuleStack::moduleOpened, this, &TerritoryView::showMatrix);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &TerritoryView::refreshSentence);
    connect(m_room, &NumberField::numberTyped, this, [this](const QString& share) {
        m_sparsity = share.toDouble();
        m_room->setToolTip(QString());
        m_room->setAccessibleDescription(QString());
        m_room->setPalette(QPalette());
        refreshSentence();
    });
    connect(m_room, &NumberField::unreadable, this, [this](const QString&, const QString& problem) {
        m_room->setToolTip(problem);
        m_room->setAccessibleDescription(problem);
        QPalette colours = palette();
        colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
        m_room->setPalette(colours);
    });
    retranslate();
}

QWidget* TerritoryView::makeRoomLine()
{
    auto* line = new QWidget(bodyWidget());
    auto* layout = new FlowLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_roomLabel = new QLabel(line);
    m_room = new NumberField(TypedNumber::Kind::Percent, line);
    m_room->setObjectName(QStringLiteral("maskTerritorySparsity"));
    m_room->setRange(0, kLargestSparsity);
    m_room->showValue(m_sparsity);
    m_room->setMaximumWidth(fontMetrics().height() * 6);
    m_roomLabel->setBuddy(m_room);
    m_scopeLabel = new QLabel(line);
    m_scope = new QComboBox(line);
    m_scope->setObjectName(QStringLiteral("maskTerritoryScope"));
    for (const MaskScope scope :
         {MaskScope::Model, MaskScope::Module, MaskScope::Projection, MaskScope::Layer, MaskScope::Matrix}) {
        m_scope->addItem(QString(), static_cast<int>(scope));
    }
    m_scopeLabel->setBuddy(m_scope);
    layout->addWidget(m_roomLabel);
    layout->addWidget(m_room);
    layout->addWidget(m_scopeLabel);
    layout->addWidget(m_scope);
    return line;
}

void TerritoryView::showSet()
{
    const analysis::MaskTerritory& territory = set()->territory;
    const QStringList& names = set()->names;
    m_model->setTerritory(territory, names);
    std::vector<ModulePlace> places;
    for (const analysis::ModuleTerritory& module : territory.modules) {
        places.push_back({module.layer, module.projection});
    }
    HeatScale scale;
    scale.kind = HeatScale::Kind::None;
    m_stack->setModules(
        std::move(places), [&](std::size_t i) { return TerritoryWords::cell(territory.modules[i].territory, palette()); }, scale,
        [modules = territory.modules, names](std::size_t i) { return TerritoryWords::readOut(modules[i], names); });
    m_stack->setMapLegend(names, TerritoryWords::counts(territory.total));
    refreshSentence();
}

void TerritoryView::refreshSentence()
{
    if (set() == nullptr) {
        return;
    }
    const analysis::MaskTerritory& territory = set()->territory;
    const auto room = analysis::roomLeft(territory, m_sparsity, static_cast<MaskScope>(m_scope->currentData().toInt()));
    say(TerritoryWords::sentence(territory.total) + QLatin1Char(' ') + TerritoryWords::room(room, m_sparsity),
        room && *room > 0 ? Tone::Quiet : Tone::Caution);
}

void TerritoryView::showMatrix(const ModulePlace& place)
{
    if (set() == nullptr) {
        return;
    }
    if (auto owners = analysis::entryOwners(set()->masks, place.layer, place.projection)) {
        m_stack->showOwners(*owners, set()->names);
    }
}

void TerritoryView::openSomeMatrix()
{
    if (set() != nullptr && !set()->territory.modules.empty()) {
        const auto& modules = set()->territory.modules;
        const analysis::ModuleTerritory& middle = modules[modules.size() / 2];
        m_stack->open({middle.layer, middle.projection});
    }
}

void TerritoryView::retranslate()
{
    m_roomLabel->setText(tr("Room &left for masks of this sparsity, in %:"));
    m_room->setAccessibleName(tr("Sparsity of further masks in percent"));
    m_scopeLabel->setText(tr("chosen in:"));
    m_scope->setAccessibleName(tr("Where the entries of further masks compete"));
    m_scope->setItemText(0, tr("Whole model"));
    m_scope->setItemText(1, tr("Each module kind"));
    m_scope->setItemText(2, tr("Each projection"));
    m_scope->setItemText(3, tr("Each layer"));
    m_scope->setItemText(4, tr("Each matrix"));
    m_stack->setTitles(tr("Map of whose the entries are: layers by projections"),
                       tr("Table of whose the entries are, by module"));
    MaskSetView::retranslate();
}

} // namespace lori::ui
