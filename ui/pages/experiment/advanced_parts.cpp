// SPDX-License-Identifier: GPL-3.0-or-later
// What the advanced form has beside its fields: sources and stages that come and go, and the search.
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/field_editor.h"
#include "ui/services/experiment_draft.h"
#include "ui/text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

using experiment::StageConfig;
using experiment::StageKind;

namespace {

/// A stage to put behind these: with the settings of the last one that trains, and what a chain of LoRI says of LoRI-S.
StageConfig nextStage(const std::vector<StageConfig>& stages, StageKind kind)
{
    StageConfig next;
    for (const StageConfig& stage : stages) {
        next = stage.kind != StageKind::Mask ? stage : next;
    }
    if (kind == StageKind::Mask) {
        next = {};
    } else if (kind == StageKind::LoriS && next.kind == StageKind::LoriD) {
        next.learningRate *= 10; // the reference's ratio
    }
    next.kind = kind;
    next.name.clear();
    next.fromAdapter.clear();
    return next;
}

} // namespace

void ExperimentAdvancedForm::addButtons(QVBoxLayout* column, const std::vector<QPushButton*>& buttons)
{
    auto* line = new QWidget(m_body);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    for (QPushButton* button : buttons) {
        button->setAccessibleName(button->text());
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addWidget(line);
    m_buttons.push_back(line);
}

void ExperimentAdvancedForm::addSourceButtons(QVBoxLayout* column)
{
    auto* more = new QPushButton(tr("Add another source"), m_body);
    more->setObjectName(QStringLiteral("addSource"));
    auto* fewer = new QPushButton(tr("Remove the last source"), m_body);
    fewer->setObjectName(QStringLiteral("removeSource"));
    fewer->setEnabled(m_draft.config().data.sources.size() > 1);
    more->setToolTip(tr("Rows of all sources are trained together"));
    fewer->setToolTip(tr("Ctrl+Z brings it back"));
    connect(more, &QPushButton::clicked, this, [this] {
        m_draft.edit(tr("new source"), [](experiment::RunConfig& c) {
            experiment::DataSource source;
            source.task = "language";
            c.data.sources.push_back(source);
        });
    });
    connect(fewer, &QPushButton::clicked, this,
            [this] { m_draft.edit(tr("removal of a source"), [](experiment::RunConfig& c) { c.data.sources.pop_back(); }); });
    addButtons(column, {more, fewer});
}

void ExperimentAdvancedForm::addStageButtons(QVBoxLayout* column)
{
    auto* more = new QPushButton(tr("Add a stage"), m_body);
    more->setObjectName(QStringLiteral("addStage"));
    auto* kinds = new QMenu(more);
    for (const experiment::MethodTraits& method : experiment::kMethods) {
        const StageKind kind = method.kind;
        QAction* action = kinds->addAction(Text::stage(kind));
        action->setObjectName(QStringLiteral("addStage.") + QString::fromStdString(std::string(method.name)));
        connect(action, &QAction::triggered, this, [this, kind] {
            m_draft.edit(tr("new stage"), [&](experiment::RunConfig& c) { c.stages.push_back(nextStage(c.stages, kind)); });
        });
    }
    more->setMenu(kinds);
    more->setToolTip(tr("Goes on behind the last one, with its settings"));
    auto* fewer = new QPushButton(tr("Remove the last stage"), m_body);
    fewer->setObjectName(QStringLiteral("removeStage"));
    fewer->setEnabled(m_draft.config().stages.size() > 1);
    fewer->setToolTip(tr("Ctrl+Z brings it back"));
    connect(fewer, &QPushButton::clicked, this,
            [this] { m_draft.edit(tr("removal of a stage"), [](experiment::RunConfig& c) { c.stages.pop_back(); }); });
    addButtons(column, {more, fewer});
}

void ExperimentAdvancedForm::endSearch()
{
    m_find->clear();
}

void ExperimentAdvancedForm::fillSections()
{
    m_sections->clear();
    m_sections->addItem(tr("Go to a section"));
    const QGroupBox* last = nullptr;
    for (const Row& row : m_rows) {
        if (row.section != last) {
            last = row.section;
            m_sections->addItem(row.section->title(), row.section->objectName());
        }
    }
    m_sections->setAccessibleName(tr("Go to a section"));
}

void ExperimentAdvancedForm::goToSection(int index)
{
    const QString name = m_sections->itemData(index).toString();
    m_sections->setCurrentIndex(0); // a way to go, no choice that stays
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& each) { return each.section->objectName() == name; });
    if (row == m_rows.end()) {
        return;
    }
    endSearch(); // or the section may not be there
    row->editor->input()->setFocus(Qt::OtherFocusReason);
    Q_EMIT sectionChosen(row->section);
}

void ExperimentAdvancedForm::find(const QString& text)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QSet<QGroupBox*> shown;
    for (const Row& row : m_rows) {
        const FieldSpec& spec = row.editor->spec();
        const QString all =
            QStringList{Text::withoutMnemonic(spec.label), spec.tip, spec.path, row.section->title()}.join(QLatin1Char(' '));
        const bool found =
            std::all_of(words.begin(), words.end(), [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
        row.form->setRowVisible(row.editor, found);
        if (found) {
            shown.insert(row.section);
        }
    }
    for (const Row& row : m_rows) {
        row.section->setVisible(shown.contains(row.section));
    }
    for (QWidget* buttons : m_buttons) {
        buttons->setVisible(words.isEmpty());
    }
}

} // namespace lori::ui
