// SPDX-License-Identifier: GPL-3.0-or-later
// What an experiment begins with: the program's presets and a person's own.
#include "ui/pages/experiment/experiment_page.h"

#include "ui/dialogs/name_dialog.h"
#include "ui/frame/card.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/draft_changes.h"
#include "ui/pages/experiment/experiment_wizard.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/preferences.h"
#include "ui/services/run_name.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"

#include <QButtonGroup>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

const QString kOwn = QStringLiteral("own:"); ///< before the name of an own preset, where a configuration says what it began with

} // namespace

QWidget* ExperimentPage::buildPresets()
{
    auto* box = new Card(this);
    auto* column = new QVBoxLayout(box);
    m_presetTitle = new QLabel(box);
    auto* row = new FlowLayout;
    row->addWidget(m_presetTitle);
    m_presets = new QButtonGroup(this);
    int index = 0;
    for (const experiment::Preset& preset : experiment::presets()) {
        auto* button = new QPushButton(box);
        button->setObjectName(QStringLiteral("preset.") + QString::fromStdString(preset.id));
        button->setCheckable(true);
        m_presets->addButton(button, index++);
        row->addWidget(button);
    }
    connect(m_presets, &QButtonGroup::idClicked, this,
            [this](int id) { choosePreset(experiment::presets()[static_cast<std::size_t>(id)]); });
    m_guide = new QPushButton(box);
    m_guide->setObjectName(QStringLiteral("stepByStep"));
    connect(m_guide, &QPushButton::clicked, this, &ExperimentPage::openWizard);
    row->addWidget(m_guide);
    m_ownPresetsButton = new QToolButton(box);
    m_ownPresetsButton->setObjectName(QStringLiteral("ownPresets"));
    m_ownPresetsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ownPresetsButton->setPopupMode(QToolButton::InstantPopup);
    m_ownPresetsButton->setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(m_ownPresetsButton);
    menu->setObjectName(QStringLiteral("ownPresetsMenu"));
    m_ownPresetsButton->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &ExperimentPage::fillOwnPresets);
    row->addWidget(m_ownPresetsButton);
    m_presetText = new QLabel(box);
    m_presetText->setObjectName(QStringLiteral("presetExplanation"));
    m_presetText->setWordWrap(true);
    column->addLayout(row);
    column->addWidget(m_presetText);
    return box;
}

void ExperimentPage::fillOwnPresets()
{
    QMenu* menu = m_ownPresetsButton->menu();
    menu->clear();
    const QStringList names = m_ownPresets.names();
    QMenu* removing = new QMenu(tr("&Remove"), menu);
    for (const QString& name : names) {
        QString shown = name;
        shown.replace(QLatin1Char('&'), QStringLiteral("&&"));
        connect(menu->addAction(shown), &QAction::triggered, this, [this, name] { useOwnPreset(name); });
        connect(removing->addAction(shown), &QAction::triggered, this, [this, name] { removePreset(name); });
    }
    if (names.isEmpty()) {
        menu->addAction(tr("Nothing kept yet"))->setEnabled(false);
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Keep these settings…")), &QAction::triggered, this, &ExperimentPage::askPresetName);
    menu->addMenu(removing)->setEnabled(!names.isEmpty());
}

void ExperimentPage::useOwnPreset(const QString& name)
{
    const auto config = m_ownPresets.read(name);
    if (!config) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(config.error()));
        return;
    }
    experiment::Preset preset{(kOwn + name).toStdString(), name.toStdString(), {}, *config};
    preset.config.preset = preset.id;
    choosePreset(preset);
}

experiment::Preset ExperimentPage::onThisMachine(experiment::Preset preset) const
{
    if (preset.config.threads == 0) {
        preset.config.threads = m_context.preferences->threads();
    }
    return preset;
}

void ExperimentPage::choosePreset(const experiment::Preset& preset)
{
    const auto changes = static_cast<int>(changesOf(*m_draft).size());
    m_draft->applyPreset(onThisMachine(preset));
    if (changes > 0) {
        m_context.messages->post(Tone::Quiet, tr("The preset replaced %n change(s).", nullptr, changes),
                                 {{tr("Undo"), [this] {
                                       m_context.undo->undo();
                                   }}});
    }
}

void ExperimentPage::openWizard()
{
    const auto seconds = [this](const experiment::RunConfig& config) {
        const auto shape = m_facts.shape(config.model);
        return shape && experiment::validate(config).empty() ? estimateOf(config, *shape).estimate.seconds.value : -1.0;
    };
    m_wizard = new ExperimentWizard(*m_draft, m_tasks, *m_models, seconds, this);
    m_wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_wizard, &ExperimentWizard::startRequested, this, &ExperimentPage::start);
    connect(m_wizard, &ExperimentWizard::problemChosen, this, &ExperimentPage::goTo);
    m_wizard->open();
    refresh(); // its last page too
}

/// A form that a run took over begins anew; one that somebody is still filling in stays, and says so.
void ExperimentPage::newExperiment()
{
    const auto beginAnew = [this] {
        m_draft->startAnew(onThisMachine(experiment::presets().front()));
    };
    if (m_started) {
        beginAnew();
    } else if (!m_draft->changedPaths().empty()) {
        m_context.messages->post(Tone::Quiet, tr("This is the experiment that you were setting up."),
                                 {{tr("Begin anew"), beginAnew}});
    }
}

void ExperimentPage::showChanges()
{
    auto* dialog = new ChangesDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto fill = [this, dialog] {
        dialog->setRows(changesOf(*m_draft));
    };
    connect(m_draft, &ExperimentDraft::changed, dialog, fill);
    connect(dialog, &ChangesDialog::backRequested, this, [this](const ChangesDialog::Row& row) { setBack(*m_draft, row); });
    connect(dialog, &ChangesDialog::shown, this, &ExperimentPage::goTo);
    fill();
    dialog->open();
}

void ExperimentPage::askPresetName()
{
    const auto judge = [this, names = m_ownPresets.names()](const QString& name) -> NameDialog::Judgement {
        if (name.isEmpty()) {
            return {tr("The preset needs a name."), {}};
        }
        if (!OwnPresets::isUsable(name)) {
            return {tr("Up to 80 letters, none of / \\ : * ? \" < > |, and no dot in front."), {}};
        }
        return {{}, names.contains(name) ? tr("Replaces the preset of this name.") : QString()};
    };
    auto* dialog = new NameDialog({tr("Keep as a preset"), tr("&Name"), tr("&Keep")},
                                  QString::fromStdString(m_draft->config().name), judge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::chosen, this, &ExperimentPage::savePreset);
    dialog->open();
}

void ExperimentPage::savePreset(const QString& name)
{
    const auto before = m_ownPresets.read(name);
    if (const auto saved = m_ownPresets.save(name, m_draft->config()); !saved) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(saved.error()));
        return;
    }
    m_context.messages->post(Tone::Good, tr("“%1” is kept under My presets.").arg(name),
                             {{tr("Undo"), [this, name, before] {
                                   static_cast<void>(before ? m_ownPresets.save(name, *before) : m_ownPresets.remove(name));
                               }}});
}

void ExperimentPage::removePreset(const QString& name)
{
    const auto before = m_ownPresets.read(name);
    if (const auto removed = m_ownPresets.remove(name); !removed) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(removed.error()));
        return;
    }
    m_context.messages->post(Tone::Quiet, tr("The preset “%1” was removed.").arg(name),
                             {{tr("Undo"), [this, name, before] {
                                   if (before) {
                                       static_cast<void>(m_ownPresets.save(name, *before));
                                   }
                               }}});
}

void ExperimentPage::refreshPresets()
{
    const auto& all = experiment::presets();
    const QString used = QString::fromStdString(m_draft->config().preset);
    const bool isCopy = !m_draft->config().parentRun.empty();
    QString explanation = used.startsWith(kOwn) ? tr("Your preset “%1”.").arg(used.mid(kOwn.size())) : QString();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto* button = m_presets->button(static_cast<int>(i));
        const bool current = all[i].id == m_draft->config().preset;
        button->setChecked(current);
        if (current) { // what it teaches is no longer true with other data
            explanation = m_draft->config().data.sources == all[i].config.data.sources
                              ? Text::presetExplanation(all[i])
                              : tr("The steps and settings of “%1”, with other data: %2.")
                                    .arg(Text::presetTitle(all[i]), RunName::ofData(m_draft->config()));
        }
    }
    const QString from = isCopy || explanation.isEmpty() ? tr("Started from an earlier run.") : QString();
    m_presetText->setText((from + QLatin1Char(' ') + explanation).trimmed());
}

void ExperimentPage::retranslatePresets()
{
    m_presetTitle->setText(tr("Start from"));
    const auto& all = experiment::presets();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto* button = m_presets->button(static_cast<int>(i));
        button->setText(Text::presetTitle(all[i]));
        button->setToolTip(Text::presetExplanation(all[i]));
        button->setAccessibleName(tr("Preset: %1").arg(Text::presetTitle(all[i])));
    }
    m_guide->setText(tr("Step by step…"));
    m_guide->setAccessibleName(tr("Set up step by step"));
    m_guide->setToolTip(tr("Five questions, one after the other"));
    m_ownPresetsButton->setText(tr("My presets"));
    m_ownPresetsButton->setAccessibleName(tr("My presets"));
    m_ownPresetsButton->setToolTip(tr("Settings that you kept, and keeping these"));
}

} // namespace lori::ui
