// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_weights.h"

#include "core/vocabulary/merge_methods.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_field.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>
#include <numeric>

namespace lori::ui {
namespace {

constexpr int kSliderSteps = 100; ///< of one unit
constexpr int kSliderEnd = 150;   ///< weight 1.5; the field takes more
constexpr double kLargest = 10;

} // namespace

MergeWeights::MergeWeights(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("mergeWeights"));
    auto* buttons = new QWidget(this);
    auto* line = new FlowLayout(buttons);
    const auto button = [&](const char* name) {
        auto* made = new QPushButton(buttons);
        made->setObjectName(QLatin1String(name));
        line->addWidget(made);
        return made;
    };
    m_equal = button("weightsEqual");
    m_dense = button("weightsLoriD");
    m_sparse = button("weightsLoriS");
    m_balance = button("weightsBalanced");
    m_grid = new QGridLayout;
    m_grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_grid);
    column->addWidget(buttons);
    connect(m_equal, &QPushButton::clicked, this,
            [this] { setWeights(std::vector<double>(m_rows.size(), 1.0 / static_cast<double>(m_rows.size()))); });
    connect(m_dense, &QPushButton::clicked, this, [this] { usePaper("lori-d"); });
    connect(m_sparse, &QPushButton::clicked, this, [this] { usePaper("lori-s"); });
    connect(m_balance, &QPushButton::clicked, this, [this] {
        const double now = std::accumulate(m_weights.begin(), m_weights.end(), 0.0);
        std::vector<double> weights = m_balanced; // they add up to 1
        for (double& weight : weights) {
            weight *= now > 0 ? now : 1;
        }
        setWeights(weights);
    });
    retranslate();
}

void MergeWeights::addRow(int place)
{
    const auto index = static_cast<std::size_t>(place);
    Row row;
    row.name = new QLabel(this);
    row.slider = new QSlider(Qt::Horizontal, this);
    row.slider->setObjectName(QStringLiteral("weightSlider%1").arg(place + 1));
    row.slider->setRange(0, kSliderEnd);
    row.slider->setSingleStep(1);
    row.slider->setPageStep(10);
    row.field = new NumberField(TypedNumber::Kind::Real, this);
    row.field->setObjectName(QStringLiteral("weightField%1").arg(place + 1));
    row.field->setRange(-kLargest, kLargest);
    row.field->setStep(0.05);
    m_grid->addWidget(row.name, place, 0);
    m_grid->addWidget(row.slider, place, 1);
    m_grid->addWidget(row.field, place, 2);
    connect(row.slider, &QSlider::valueChanged, this, [this, index](int value) {
        const double weight = static_cast<double>(value) / kSliderSteps;
        m_rows[index].field->showValue(weight);
        m_rows[index].field->setCursorPosition(0);
        take(index, weight);
    });
    connect(row.field, &NumberField::numberTyped, this, [this, index](const QString& json) {
        const double weight = json.toDouble();
        const QSignalBlocker quiet(m_rows[index].slider);
        m_rows[index].slider->setValue(static_cast<int>(std::lround(weight * kSliderSteps)));
        take(index, weight);
    });
    connect(row.field, &NumberField::unreadable, this, [this, index](const QString&, const QString& problem) {
        m_rows[index].problem = problem;
        m_rows[index].field->setToolTip(problem);
        Q_EMIT changed();
    });
    m_rows.push_back(row);
}

void MergeWeights::setAdapters(const QStringList& names)
{
    if (names == m_names) {
        return;
    }
    m_names = names;
    for (const Row& row : m_rows) {
        delete row.name;
        delete row.slider;
        delete row.field;
    }
    m_rows.clear();
    for (int place = 0; place < names.size(); ++place) {
        addRow(place);
    }
    QWidget* before = nullptr;
    for (const Row& row : m_rows) { // the keyboard goes through the rows, then the buttons
        if (before != nullptr) {
            setTabOrder(before, row.slider);
        }
        setTabOrder(row.slider, row.field);
        before = row.field;
    }
    for (QPushButton* button : {m_equal, m_dense, m_sparse, m_balance}) {
        if (before != nullptr) {
            setTabOrder(before, button);
        }
        before = button;
    }
    m_balanced.clear();
    setWeights(std::vector<double>(m_rows.size(), m_rows.empty() ? 0 : 1.0 / static_cast<double>(m_rows.size())));
    retranslate();
}

void MergeWeights::setWeights(const std::vector<double>& weights)
{
    m_weights = weights;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QSignalBlocker quiet(m_rows[i].slider);
        m_rows[i].slider->setValue(static_cast<int>(std::lround(weights.at(i) * kSliderSteps)));
        m_rows[i].field->showValue(weights.at(i));
        m_rows[i].field->setCursorPosition(0); // a third is long: its first digits count
        m_rows[i].field->setPalette({});
        m_rows[i].field->setToolTip({});
        m_rows[i].problem.clear();
    }
    Q_EMIT changed();
}

void MergeWeights::take(std::size_t place, double weight)
{
    m_weights[place] = weight;
    m_rows[place].problem.clear();
    m_rows[place].field->setPalette({});
    m_rows[place].field->setToolTip({});
    Q_EMIT changed();
}

QString MergeWeights::problem() const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (!m_rows[i].problem.isEmpty()) {
            return tr("Weight of %1: %2").arg(m_names.value(static_cast<qsizetype>(i)), m_rows[i].problem);
        }
    }
    return {};
}

void MergeWeights::usePaper(const char* preset)
{
    if (const auto weight = paperWeight(preset, m_rows.size())) {
        setWeights(std::vector<double>(m_rows.size(), *weight));
    }
}

void MergeWeights::setBalanced(std::vector<double> weights)
{
    m_balanced = std::move(weights);
    updateButtons();
}

void MergeWeights::updateButtons()
{
    const auto paper = [&](QPushButton* button, const char* preset) {
        const bool has = paperWeight(preset, m_rows.size()).has_value();
        button->setEnabled(has);
        button->setToolTip(has ? QString() : tr("The paper merges three or four adapters."));
    };
    paper(m_dense, "lori-d");
    paper(m_sparse, "lori-s");
    m_balance->setEnabled(!m_balanced.empty());
    m_balance->setToolTip(m_balanced.empty() ? tr("Needs the sizes of the changes, from part 2.")
                                             : tr("Every adapter gets the same share of the energy."));
}

void MergeWeights::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MergeWeights::retranslate()
{
    const auto set = [](QPushButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setAccessibleName(name);
    };
    set(m_equal, tr("Equal"), tr("Equal weights"));
    set(m_dense, tr("Paper, LoRI-D"), tr("The paper's weights for LoRI-D"));
    set(m_sparse, tr("Paper, LoRI-S"), tr("The paper's weights for LoRI-S"));
    set(m_balance, tr("Balance energy"), tr("Weights that give every adapter the same energy"));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QString name = m_names.value(static_cast<qsizetype>(i));
        m_rows[i].name->setText(fontMetrics().elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 32));
        m_rows[i].name->setToolTip(name);
        m_rows[i].slider->setAccessibleName(tr("Weight of %1, slider").arg(name));
        m_rows[i].field->setAccessibleName(tr("Weight of %1").arg(name));
    }
    updateButtons();
}

} // namespace lori::ui
