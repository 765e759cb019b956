// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/base_card.h"

#include "core/formats/model_files.h"
#include "ui/frame/adapter_picker.h"
#include "ui/services/adapter_catalog.h"
#include "ui/text.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kPickerWidth = 760;
constexpr int kPickerHeight = 420;

/// Merges have no mask and no one A to go on under; IA3 and others have no LoRI after them.
bool canGoOnFrom(const KnownAdapter& adapter)
{
    return adapter.method == "lori-d" || adapter.method == "lori-s";
}

} // namespace

BaseCard::BaseCard(AppContext& context, QWidget* parent) : Card(parent), m_context(context)
{
    setObjectName(QStringLiteral("sequenceBase"));
    m_title = new QLabel(this);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_model = new QComboBox(this);
    m_model->setObjectName(QStringLiteral("sequenceModel"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(12);
    m_startLabel = new QLabel(this);
    m_adapter = new QLabel(this);
    m_adapter->setObjectName(QStringLiteral("sequenceFromAdapter"));
    m_adapter->setTextFormat(Qt::PlainText);
    m_adapter->setWordWrap(true);
    m_choose = new QPushButton(this);
    m_choose->setObjectName(QStringLiteral("sequenceChooseAdapter"));
    m_clear = new QPushButton(this);
    m_clear->setObjectName(QStringLiteral("sequenceNoAdapter"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_model);
    column->addWidget(m_startLabel);
    column->addWidget(m_adapter);
    column->addWidget(m_choose);
    column->addWidget(m_clear);
    column->addStretch(1);
    connect(m_model, &QComboBox::activated, this, [this](int item) { Q_EMIT modelChosen(m_model->itemData(item).toString()); });
    connect(m_choose, &QPushButton::clicked, this, &BaseCard::chooseAdapter);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        Q_EMIT adapterChosen(QString());
        m_choose->setFocus(Qt::OtherFocusReason); // the button goes
    });
    connect(m_context.adapters, &AdapterCatalog::changed, this, &BaseCard::showAdapter);
    retranslate();
}

void BaseCard::show(const experiment::SequenceConfig& config)
{
    m_config = config;
    fillModels();
    showAdapter();
}

QWidget* BaseCard::lastInTabOrder() const
{
    return m_clear;
}

void BaseCard::fillModels()
{
    m_model->clear();
    for (const auto& model : formats::registeredModels(m_context.home.root)) {
        const QString name = QString::fromStdString(model.name);
        m_model->addItem(model.present ? Text::model(name) : tr("%1 – files not found").arg(Text::model(name)), name);
    }
    const QString model = QString::fromStdString(m_config.run.model);
    if (m_model->findData(model) < 0) {
        m_model->addItem(Text::model(model), model);
    }
    m_model->setCurrentIndex(m_model->findData(model));
    const bool isFree = m_config.fromAdapter.empty();
    m_model->setEnabled(isFree);
    m_model->setToolTip(isFree ? model : tr("The adapter belongs to this model"));
}

void BaseCard::showAdapter()
{
    const bool fromScratch = m_config.fromAdapter.empty();
    const KnownAdapter* adapter = m_context.adapters->find(m_config.fromAdapter);
    m_adapter->setText(fromScratch          ? tr("nothing learned yet")
                       : adapter != nullptr ? adapter->name
                                            : Text::model(QString::fromStdString(m_config.fromAdapter)));
    m_adapter->setToolTip(QString::fromStdString(m_config.fromAdapter));
    m_clear->setVisible(!fromScratch);
}

void BaseCard::chooseAdapter()
{
    auto* dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("sequenceAdapterDialog"));
    dialog->setWindowTitle(tr("Begin from an adapter"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* picker = new AdapterPicker(*m_context.adapters, AdapterPicker::Choice::One, dialog);
    picker->setAccepts(&canGoOnFrom);
    picker->setEmptyText(tr("No LoRI adapter yet. Train one on the Experiment page, or begin from the base model."));
    picker->choose({m_config.fromAdapter});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    buttons->setObjectName(QStringLiteral("sequenceAdapterButtons"));
    QPushButton* take = buttons->button(QDialogButtonBox::Ok);
    take->setText(tr("Begin from it"));
    const auto update = [picker, take] {
        take->setEnabled(!picker->chosen().empty());
    };
    connect(picker, &AdapterPicker::changed, take, update);
    connect(picker, &AdapterPicker::opened, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, picker] {
        if (!picker->chosen().empty()) {
            Q_EMIT adapterChosen(QString::fromStdString(picker->chosen().front().string()));
        }
    });
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(picker, 1);
    column->addWidget(buttons);
    update();
    dialog->resize(kPickerWidth, kPickerHeight);
    dialog->open();
}

void BaseCard::retranslate()
{
    setAccessibleName(tr("Where the sequence begins"));
    m_title->setText(tr("Base"));
    m_model->setAccessibleName(tr("Base model"));
    m_startLabel->setText(tr("Begins with"));
    m_choose->setText(tr("Adapter …"));
    m_choose->setAccessibleName(tr("Begin from an adapter"));
    m_choose->setToolTip(tr("The first task goes on from what this adapter learned"));
    m_clear->setText(tr("From scratch"));
    m_clear->setAccessibleName(tr("Begin from scratch"));
    showAdapter();
}

void BaseCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        fillModels();
    }
}

} // namespace lori::ui
