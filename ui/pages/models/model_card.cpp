// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/models/model_card.h"

#include "core/experiment/estimate.h"
#include "core/experiment/run_config.h"
#include "ui/models/model_table_model.h"
#include "ui/pages/models/fact_list.h"
#include "ui/text.h"
#include "ui/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace lori::ui {

ModelCard::ModelCard(Home home, QWidget* parent) : Card(parent), m_home(home), m_facts(std::move(home), [this] { refresh(); })
{
    setObjectName(QStringLiteral("modelCard"));
    auto* body = new QWidget(this);
    m_title = headingLabel(body, 1.2);
    m_title->setObjectName(QStringLiteral("modelTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_state = new QLabel(body);
    m_state->setObjectName(QStringLiteral("modelState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_list = new FactList(QStringLiteral("modelFacts"), body);
    m_costTitle = headingLabel(body);
    m_cost = new FactList(QStringLiteral("modelCost"), body);
    auto* column = new QVBoxLayout(body);
    column->addWidget(m_title);
    column->addWidget(m_state);
    column->addWidget(m_list);
    column->addSpacing(fontMetrics().height() / 2);
    column->addWidget(m_costTitle);
    column->addWidget(m_cost);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("modelScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(4, 4, 4, 4);
    outer->addWidget(scroll);
    retranslate();
}

void ModelCard::showModel(const ModelEntry* entry)
{
    m_entry = entry != nullptr ? std::optional<ModelEntry>(*entry) : std::nullopt;
    refresh();
}

void ModelCard::refresh()
{
    const bool isKnown = m_entry && m_entry->facts;
    m_costTitle->setVisible(isKnown);
    m_cost->setVisible(isKnown);
    m_list->setVisible(m_entry.has_value());
    if (!m_entry) {
        m_title->setText(tr("No model is chosen"));
        m_state->setText(tr("Choose one in the list to see what it is."));
        setTone(*m_state, Tone::Quiet);
        return;
    }
    m_title->setText(Text::model(m_entry->name));
    const bool isMissing = m_entry->state == ModelState::Missing;
    m_state->setText(!isMissing         ? ModelTableModel::stateText(*m_entry)
                     : m_entry->builtIn ? tr("The built-in model is not here; run packaging/run.sh once, or set LORI_MODEL_DIR "
                                             "to its folder.")
                                        : tr("Its files are not where they were. “Find it…” tells where they are now."));
    setTone(*m_state, m_entry->state == ModelState::Ready     ? Tone::Good
                      : m_entry->state == ModelState::Refused ? Tone::Alarm
                      : isMissing                             ? Tone::Caution
                                                              : Tone::Quiet);
    if (isKnown) {
        showFacts(*m_entry->facts);
        showCost();
    } else {
        m_list->setFacts({{tr("Where"), QString::fromStdString(m_entry->path.string())}});
    }
}

void ModelCard::showFacts(const ModelDescription& facts)
{
    const QLocale locale;
    const auto number = [&](std::int64_t value) {
        return locale.toString(static_cast<qlonglong>(value));
    };
    const formats::ModelConfig& config = facts.config;
    std::vector<Fact> list;
    list.push_back({tr("Where"), QString::fromStdString(m_entry->path.string())});
    list.push_back({tr("Family"), QString::fromStdString(config.family)});
    list.push_back({tr("Parameters"), Text::count(static_cast<double>(facts.parameters))});
    list.push_back({tr("Shape"), tr("%1 layers, width %2, %3 heads (%4 for keys and values)")
                                     .arg(number(config.shape.layers), number(config.shape.hidden), number(config.shape.heads),
                                          number(config.shape.kvHeads))});
    list.push_back({tr("Weights"),
                    tr("%1, %2").arg(Text::bytes(static_cast<double>(facts.bytes)), QString::fromStdString(facts.storedAs)),
                    tr("The types of the tensors, the most frequent first")});
    list.push_back({tr("Context"), tr("%1 tokens").arg(number(config.contextLength))});
    list.push_back({tr("Tokenizer"), tr("%1, %2 tokens").arg(QString::fromStdString(facts.tokenizer), number(facts.tokens))});
    list.push_back(facts.hasChatTemplate
                       ? Fact{tr("Chat template"), tr("found")}
                       : Fact{tr("Chat template"), tr("none: questions are put as plain text"), {}, Tone::Caution});
    list.push_back(
        {tr("Fingerprint"), QString::fromStdString(facts.fingerprint.substr(0, 12)), QString::fromStdString(facts.fingerprint)});
    m_list->setFacts(list);
}

void ModelCard::showCost()
{
    const auto preset = experiment::findPreset("quick-look");
    if (!preset) {
        m_cost->setFacts({});
        return;
    }
    experiment::RunConfig config = preset->config;
    config.model = m_entry->name.toStdString();
    const experiment::ModelShape& shape = m_entry->facts->config.shape;
    const experiment::DataLengths lengths = m_facts.lengths(config);
    const experiment::MachineSpeed speed = experiment::machineSpeed(m_home, config, shape, lengths);
    const experiment::Estimate cost = experiment::estimate(config, shape, lengths, speed);
    const QString source =
        speed.isMeasured() ? tr("measured by the run of %1").arg(Text::when(speed.measuredMs)) : tr("assumed, not measured");
    const auto formula = [](const experiment::Figure& figure) {
        return QString::fromStdString(figure.formula);
    };
    m_cost->setFacts(
        {{tr("Time"), Text::about(cost.seconds.value), tr("%1\nSpeed of this machine: %2").arg(formula(cost.seconds), source)},
         {tr("Memory"), Text::bytes(cost.memoryBytes.value), formula(cost.memoryBytes)},
         {tr("Disk"), Text::bytes(cost.diskBytes.value), formula(cost.diskBytes)}});
}

void ModelCard::retranslate()
{
    setAccessibleName(tr("The chosen model"));
    m_costTitle->setText(tr("A Quick look with it would take"));
    refresh();
}

void ModelCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (m_cost == nullptr) {
        return;
    }
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
}

} // namespace lori::ui
