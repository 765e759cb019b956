// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/prompt_set_bar.h"

#include "ui/dialogs/name_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/services/app_context.h"
#include "ui/widgets/flow_layout.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace lori::ui {

PromptSetBar::PromptSetBar(AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_file(context.home.root / "prompts.json"),
      m_label(new QLabel(this)),
      m_choice(new QComboBox(this))
{
    m_choice->setObjectName(QStringLiteral("tryPromptSet"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(18);
    m_label->setBuddy(m_choice);
    auto* row = new FlowLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label);
    row->addWidget(m_choice);
    const auto button = [&](const char* name) {
        auto* made = new QPushButton(this);
        made->setObjectName(QLatin1String(name));
        made->setAutoDefault(false);
        row->addWidget(made);
        return made;
    };
    m_askAll = button("tryPromptSetAsk");
    m_keep = button("tryPromptSetKeep");
    m_delete = button("tryPromptSetDelete");
    connect(m_choice, &QComboBox::activated, this, [this] {
        enable();
        Q_EMIT chosen();
    });
    connect(m_askAll, &QPushButton::clicked, this, [this] { Q_EMIT askAll(prompts()); });
    connect(m_keep, &QPushButton::clicked, this, &PromptSetBar::keep);
    connect(m_delete, &QPushButton::clicked, this, &PromptSetBar::remove);
    retranslate();
    fill({});
}

void PromptSetBar::setAsked(const QStringList& prompts)
{
    m_asked = prompts;
    enable();
}

void PromptSetBar::setCanAsk(bool can, const QString& why)
{
    m_canAsk = can;
    m_why = why;
    enable();
}

QStringList PromptSetBar::prompts() const
{
    const int place = m_choice->currentIndex() - 1;
    return place >= 0 && place < static_cast<int>(m_sets.size()) ? m_sets[static_cast<std::size_t>(place)].prompts
                                                                 : QStringList();
}

void PromptSetBar::fill(const QString& choose)
{
    auto sets = m_file.all();
    m_sets = sets ? std::move(*sets) : std::vector<PromptSet>();
    m_choice->setToolTip(sets ? QString() : QString::fromStdString(sets.error().sentence()));
    m_choice->clear();
    m_choice->addItem(tr("none"));
    for (const PromptSet& set : m_sets) {
        m_choice->addItem(set.name);
    }
    m_choice->setCurrentIndex(choose.isEmpty() ? 0 : std::max(0, m_choice->findText(choose)));
    enable();
}

void PromptSetBar::enable()
{
    const bool has = !prompts().isEmpty();
    const QString none = tr("Choose a prompt set first");
    m_choice->setEnabled(!m_sets.empty());
    m_askAll->setEnabled(has && m_canAsk);
    m_askAll->setToolTip(!has ? none : m_canAsk ? tr("Ask its questions one after another") : m_why);
    m_delete->setEnabled(has);
    m_delete->setToolTip(has ? QString() : none);
    m_keep->setEnabled(!m_asked.isEmpty());
    m_keep->setToolTip(m_asked.isEmpty() ? tr("Ask something first")
                                         : tr("Keep the questions of this conversation under a name"));
}

void PromptSetBar::keep()
{
    const auto judge = [this](const QString& name) -> NameDialog::Judgement {
        const bool isThere = std::any_of(m_sets.begin(), m_sets.end(), [&](const PromptSet& set) { return set.name == name; });
        return {name.isEmpty() ? tr("Give it a name.") : QString(),
                isThere ? tr("This replaces the set of this name.") : QString()};
    };
    const QString name = m_choice->currentIndex() > 0 ? m_choice->currentText() : QString();
    auto* dialog = new NameDialog({tr("Keep as a prompt set"), tr("&Name"), tr("&Keep")}, name, judge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::chosen, this, [this, asked = m_asked](const QString& chosenName) { save({chosenName, asked}); });
    dialog->open();
}

void PromptSetBar::save(const PromptSet& set)
{
    if (const auto saved = m_file.save(set); !saved) {
        m_context.messages->post(saved.error());
        return;
    }
    fill(set.name);
    Q_EMIT chosen();
}

void PromptSetBar::remove()
{
    const int place = m_choice->currentIndex() - 1;
    if (place < 0 || place >= static_cast<int>(m_sets.size())) {
        return;
    }
    const PromptSet gone = m_sets[static_cast<std::size_t>(place)];
    if (const auto removed = m_file.remove(gone.name); !removed) {
        m_context.messages->post(removed.error());
        return;
    }
    fill({});
    m_choice->setFocus(Qt::OtherFocusReason);
    Q_EMIT chosen();
    m_context.messages->post(Tone::Quiet, tr("The prompt set %1 is deleted.").arg(gone.name), {{tr("Undo"), [this, gone] {
                                                                                                    save(gone);
                                                                                                }}});
}

void PromptSetBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        const QString name = m_choice->currentIndex() > 0 ? m_choice->currentText() : QString();
        retranslate();
        fill(name);
    }
}

void PromptSetBar::retranslate()
{
    m_label->setText(tr("Prompt set:"));
    m_choice->setAccessibleName(tr("Prompt set"));
    m_askAll->setText(tr("Ask all"));
    m_askAll->setAccessibleName(tr("Ask all questions of the prompt set"));
    m_keep->setText(tr("Keep as a set…"));
    m_keep->setAccessibleName(tr("Keep the questions of this conversation as a prompt set"));
    m_delete->setText(tr("Delete"));
    m_delete->setAccessibleName(tr("Delete the prompt set"));
}

} // namespace lori::ui
