// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/advanced_form.h"

#include "ui/pages/experiment/field_editor.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

const nlohmann::json* valueAt(const nlohmann::json& root, const QString& path)
{
    QString pointer = QStringLiteral("/") + path;
    pointer.replace(QLatin1Char('.'), QLatin1Char('/')).replace(QLatin1Char('['), QLatin1Char('/')).remove(QLatin1Char(']'));
    const nlohmann::json::json_pointer at(pointer.toStdString());
    return root.contains(at) ? &root[at] : nullptr;
}

} // namespace

ExperimentAdvancedForm::ExperimentAdvancedForm(ExperimentDraft& draft, const TaskCatalog& tasks, QWidget* parent)
    : QWidget(parent), m_draft(draft), m_tasks(tasks)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("findSetting"));
    m_find->setClearButtonEnabled(true);
    m_sections = new QComboBox(this);
    m_sections->setObjectName(QStringLiteral("goToSection"));
    m_sections->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sections->setMinimumContentsLength(16);
    auto* top = new QHBoxLayout;
    top->addWidget(m_find, 1);
    top->addWidget(m_sections);
    column->addLayout(top);
    connect(m_sections, &QComboBox::activated, this, &ExperimentAdvancedForm::goToSection);
    connect(m_find, &QLineEdit::textChanged, this, &ExperimentAdvancedForm::find);
    connect(&m_draft, &ExperimentDraft::changed, this, &ExperimentAdvancedForm::showConfig);
    showConfig();
}

QString ExperimentAdvancedForm::shape() const
{
    QString shape = QString::number(m_draft.config().data.sources.size());
    for (const auto& stage : m_draft.config().stages) {
        shape += QLatin1Char(' ') + QString::number(static_cast<int>(stage.kind));
    }
    return shape;
}

void ExperimentAdvancedForm::showConfig()
{
    if (m_body == nullptr || m_shape != shape()) {
        rebuild();
    }
    const nlohmann::json parsed = experiment::toJson(m_draft.config());
    const auto changedList = m_draft.changedPaths();
    for (const Row& row : m_rows) {
        const QString& path = row.editor->spec().path;
        if (const auto* value = valueAt(parsed, path)) {
            row.editor->show(*value, [this](const QString& at) { return m_draft.unreadableText(at); });
        }
        const std::string key = path.toStdString();
        if (const QString holder = ExperimentFields::heldBackBy(path); !holder.isEmpty()) {
            const auto* value = valueAt(parsed, holder);
            row.editor->setUnused(value != nullptr && value->is_number() && value->get<double>() != 0);
        }
        const bool changed = std::any_of(changedList.begin(), changedList.end(),
                                         [&](const std::string& each) { return ExperimentDraft::isWithin(each, key); });
        QFont font = row.label->font();
        if (font.bold() != changed) {
            font.setBold(changed);
            row.label->setFont(font);
        }
        row.label->setToolTip(
            changed ? tr("Changed; it was: %1").arg(ExperimentFields::valueWords(row.editor->spec(), m_draft.valueAtStart(path)))
                    : row.editor->spec().tip);
    }
}

void ExperimentAdvancedForm::rebuild()
{
    m_rows.clear();
    m_buttons.clear();
    if (m_body != nullptr) {
        m_body->hide();
        m_body->deleteLater();
    }
    m_shape = shape();
    m_body = new QWidget(this);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    const std::vector<TaskChoice> tasks = m_tasks.choices();
    const std::size_t sources = m_draft.config().data.sources.size();
    for (const FieldSection& section : ExperimentFields::sections(m_draft.config())) {
        auto* box = new QGroupBox(section.title, m_body);
        box->setObjectName(QStringLiteral("section.") + section.id);
        QFont bold = box->font();
        bold.setBold(true);
        box->setFont(bold); // the title; the fields take the window's font again
        auto* inner = new QWidget(box);
        QFont plain = font();
        plain.setBold(false);
        inner->setFont(plain);
        auto* boxColumn = new QVBoxLayout(box);
        boxColumn->addWidget(inner);
        auto* form = new QFormLayout(inner);
        form->setContentsMargins(0, 0, 0, 0);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setRowWrapPolicy(QFormLayout::DontWrapRows);
        for (const FieldSpec& spec : section.fields) {
            auto* editor = new FieldEditor(spec, tasks, inner);
            auto* label = new QLabel(spec.kind == FieldKind::Flag ? QString() : spec.label, inner);
            label->setBuddy(editor->input());
            form->addRow(label, editor);
            connect(editor, &FieldEditor::edited, this,
                    [this, name = Text::withoutMnemonic(spec.label)](const auto& path, const auto& parsed) {
                        m_draft.setField(path, parsed, name);
                    });
            connect(editor, &FieldEditor::unreadable, &m_draft, &ExperimentDraft::setUnreadable);
            m_rows.push_back({editor, label, form, box});
        }
        column->addWidget(box);
        if (section.id == QStringLiteral("source%1").arg(sources - 1)) {
            addSourceButtons(column);
        } else if (section.id == QStringLiteral("stage%1").arg(m_draft.config().stages.size() - 1)) {
            addStageButtons(column);
        }
    }
    column->addStretch(1);
    layout()->addWidget(m_body);
    m_body->show();
    m_find->setPlaceholderText(tr("Find a setting"));
    m_find->setAccessibleName(tr("Find a setting"));
    fillSections();
    find(m_find->text());
}

FieldEditor* ExperimentAdvancedForm::editorFor(const QString& path) const
{
    FieldEditor* best = nullptr;
    qsizetype longest = -1;
    for (const Row& row : m_rows) {
        const QString& own = row.editor->spec().path;
        if (path.startsWith(own) && own.size() > longest) { // "evaluation.tasks[0].limit" belongs to "evaluation.tasks"
            best = row.editor;
            longest = own.size();
        } else if (best == nullptr && own.startsWith(path)) { // "stages[1]" as a whole: its first field
            best = row.editor;
            longest = 0;
        }
    }
    return best;
}

QWidget* ExperimentAdvancedForm::widgetFor(const QString& path) const
{
    const FieldEditor* editor = editorFor(path);
    return editor == nullptr ? nullptr : editor->inputFor(path);
}

void ExperimentAdvancedForm::suggestColumns(std::size_t source, const QStringList& names)
{
    const QString under = QStringLiteral("data.sources[%1].columns.").arg(source);
    for (const Row& row : m_rows) {
        if (row.editor->spec().path.startsWith(under)) {
            row.editor->suggest(names);
        }
    }
}

void ExperimentAdvancedForm::showProblems(const std::vector<experiment::ConfigIssue>& issues)
{
    QHash<const FieldEditor*, QHash<QString, QString>> byEditor;
    for (const auto& issue : issues) {
        const QString path = QString::fromStdString(issue.path);
        if (const FieldEditor* editor = editorFor(path)) {
            byEditor[editor].insert(path, ErrorText::problem(issue));
        }
    }
    for (const Row& row : m_rows) {
        row.editor->setProblems(byEditor.value(row.editor));
    }
}

void ExperimentAdvancedForm::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_shape.clear();
        showConfig();
    }
}

} // namespace lori::ui
