// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/method_part.h"

#include "core/vocabulary/merge_methods.h"
#include "ui/pages/merge/interference_words.h"
#include "ui/pages/merge/merge_weights.h"
#include "ui/pages/merge/method_words.h"
#include "ui/services/error_text.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace lori::ui {
namespace {

/// A label and its field, shown and hidden together.
QWidget* labelled(QWidget* parent, QWidget* field)
{
    auto* pair = new QWidget(parent);
    auto* line = new QHBoxLayout(pair);
    line->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(pair);
    label->setBuddy(field);
    line->addWidget(label);
    line->addWidget(field);
    return pair;
}

void setLabel(QWidget* pair, const QString& text)
{
    pair->findChild<QLabel*>()->setText(text);
}

} // namespace

MergeMethodPart::MergeMethodPart(QWidget* parent) : MergePart(parent)
{
    setObjectName(QStringLiteral("mergeMethod"));
    column()->addWidget(makeMethod());
    m_does = makeLine("methodDoes");
    m_fails = makeLine("methodFails");
    column()->addWidget(m_does);
    column()->addWidget(m_fails);
    column()->addWidget(makeOptions());
    m_weights = new MergeWeights(body());
    m_energy = makeLine("mergeEnergy");
    m_planned = makeLine("mergePlanned");
    column()->addWidget(m_weights);
    column()->addWidget(m_energy);
    column()->addWidget(m_planned);
    connect(m_weights, &MergeWeights::changed, this, &MergeMethodPart::weightsChanged);
    retranslate();
    methodChosen();
}

QWidget* MergeMethodPart::makeMethod()
{
    m_method = new QComboBox(body());
    m_method->setObjectName(QStringLiteral("mergeMethodBox"));
    for (const MergeMethod& method : kMergeMethods) {
        m_method->addItem(QString(), QString::fromUtf8(method.name.data(), static_cast<qsizetype>(method.name.size())));
    }
    QWidget* pair = labelled(body(), m_method);
    m_methodLabel = pair->findChild<QLabel*>();
    static_cast<QHBoxLayout*>(pair->layout())->setStretch(1, 1);
    connect(m_method, &QComboBox::currentIndexChanged, this, &MergeMethodPart::methodChosen);
    return pair;
}

QWidget* MergeMethodPart::makeOptions()
{
    const auto field = [this](TypedNumber::Kind kind, const char* name) {
        auto* made = new NumberField(kind, body());
        made->setObjectName(QLatin1String(name));
        connect(made, &NumberField::unreadable, this, &MergeMethodPart::changed);
        return made;
    };
    m_densityField = field(TypedNumber::Kind::Percent, "mergeDensity");
    m_densityField->setRange(1, 100);
    m_densityField->showValue(m_setup.density);
    m_rankField = field(TypedNumber::Kind::Whole, "mergeRank");
    m_rankField->setRange(0, 65536);
    m_rankField->showValue(0);
    m_seedField = field(TypedNumber::Kind::Whole, "mergeSeed");
    m_seedField->setRange(0, static_cast<double>(std::numeric_limits<std::int32_t>::max()));
    m_seedField->showValue(0);
    m_signsBox = new QComboBox(body());
    m_signsBox->setObjectName(QStringLiteral("mergeSigns"));
    m_signsBox->addItem(QString(), QStringLiteral("total"));
    m_signsBox->addItem(QString(), QStringLiteral("frequency"));
    connect(m_densityField, &NumberField::numberTyped, this, [this](const QString& share) {
        m_setup.density = share.toDouble();
        Q_EMIT changed();
    });
    connect(m_rankField, &NumberField::numberTyped, this, [this](const QString& rank) {
        m_setup.svdRank = rank.toLongLong();
        Q_EMIT changed();
    });
    connect(m_seedField, &NumberField::numberTyped, this, [this](const QString& seed) {
        m_setup.seed = seed.toULongLong();
        Q_EMIT changed();
    });
    connect(m_signsBox, &QComboBox::currentIndexChanged, this, [this] {
        m_setup.signs = m_signsBox->currentData().toString().toStdString();
        Q_EMIT changed();
    });
    auto* options = new QWidget(body());
    auto* line = new FlowLayout(options);
    m_density = labelled(options, m_densityField);
    m_rank = labelled(options, m_rankField);
    m_seed = labelled(options, m_seedField);
    m_signs = labelled(options, m_signsBox);
    for (QWidget* pair : {m_density, m_rank, m_seed, m_signs}) {
        line->addWidget(pair);
    }
    return options;
}

void MergeMethodPart::methodChosen()
{
    const MergeMethod& method = kMergeMethods.at(static_cast<std::size_t>(std::max(0, m_method->currentIndex())));
    m_setup.method = method.name;
    m_does->setText(MergeMethodWords::does(method.name));
    m_fails->setText(MergeMethodWords::fails(method.name));
    m_density->setVisible(method.prunes);
    m_rank->setVisible(method.decomposes);
    m_seed->setVisible(method.drawsMasks);
    m_signs->setVisible(method.electsSigns);
    m_density->parentWidget()->setVisible(method.prunes || method.decomposes);
    showEnergy();
    Q_EMIT changed();
}

void MergeMethodPart::setAdapters(const std::vector<std::filesystem::path>& folders, const QStringList& names)
{
    m_setup.adapters = folders;
    m_names = names;
    m_weights->setAdapters(names);
    m_setup.weights = m_weights->weights();
}

void MergeMethodPart::use(const MergeSetup& setup)
{
    std::vector<double> weights = m_setup.weights;
    for (std::size_t i = 0; i < m_setup.adapters.size(); ++i) {
        const auto same = std::find(setup.adapters.begin(), setup.adapters.end(), m_setup.adapters[i]);
        if (same != setup.adapters.end()) {
            weights[i] = setup.weights.at(static_cast<std::size_t>(same - setup.adapters.begin()));
        }
    }
    m_setup.density = setup.density;
    m_setup.svdRank = setup.svdRank;
    m_setup.seed = setup.seed;
    m_densityField->showJson(setup.density);
    m_rankField->showValue(static_cast<double>(setup.svdRank));
    m_seedField->showValue(static_cast<double>(setup.seed));
    m_signsBox->setCurrentIndex(std::max(0, m_signsBox->findData(QString::fromStdString(setup.signs))));
    m_method->setCurrentIndex(std::max(0, m_method->findData(QString::fromStdString(setup.method))));
    m_weights->setWeights(weights); // tells that all of it changed
}

void MergeMethodPart::setMeasured(std::shared_ptr<const MeasuredAdapters> measured)
{
    const bool has = measured && !measured->notMeasured;
    m_measured = has ? std::move(measured) : nullptr;
    m_weights->setBalanced(m_measured ? balancedWeights(m_measured->report, 1) : std::vector<double>());
    showEnergy();
}

void MergeMethodPart::weightsChanged()
{
    m_setup.weights = m_weights->weights();
    showEnergy();
    Q_EMIT changed();
}

QString MergeMethodPart::problem() const
{
    const auto wrong = [](const QWidget* pair, const NumberField* field) {
        return pair->isHidden() ? QString() : field->number().problem();
    };
    for (const QString& problem :
         {m_weights->problem(), wrong(m_density, m_densityField), wrong(m_rank, m_rankField), wrong(m_seed, m_seedField)}) {
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

void MergeMethodPart::showEnergy()
{
    const bool fits = m_measured && m_setup.weights.size() == m_measured->report.norms.size();
    m_energy->setVisible(fits);
    if (!fits) {
        return;
    }
    const MergedEnergy energy = energyOf(m_measured->report, m_setup.weights);
    QStringList shares;
    for (std::size_t i = 0; i < energy.shares.size(); ++i) {
        shares.append(tr("%1: %2").arg(m_names.value(static_cast<qsizetype>(i)), Text::percent(energy.shares[i], 0)));
    }
    QString text = InterferenceWords::energy(energy.ratio) + QLatin1Char(' ') +
                   tr("Each one's part: %1.").arg(shares.join(QStringLiteral(" · ")));
    if (m_setup.method == "linear" && m_measured->report.total.linearCrossTerms > 0) {
        text += QLatin1Char(' ') + tr("PEFT's own linear would add cross terms of %1 of the sum's size.")
                                       .arg(Text::percent(m_measured->report.total.linearCrossTerms));
    }
    m_energy->setText(text);
    paint(m_energy, InterferenceWords::energyTone(energy.ratio));
}

void MergeMethodPart::showPlan(const std::optional<Result<PlannedMerge>>& plan)
{
    m_plan = plan;
    showPlanned();
}

QString MergeMethodPart::planText(const PlannedMerge& plan) const
{
    const QLocale locale;
    QStringList text;
    text << (plan.rank > 0 ? tr("Result: rank %1, %2 modules, %3.")
                                 .arg(locale.toString(static_cast<qlonglong>(plan.rank)),
                                      locale.toString(static_cast<qlonglong>(plan.modules)), Text::bytes(plan.fileBytes))
                           : tr("Result: %1 modules, %2.")
                                 .arg(locale.toString(static_cast<qlonglong>(plan.modules)), Text::bytes(plan.fileBytes)));
    text << (plan.lossless ? tr("Nothing is lost but rounding.") : tr("It is not the exact sum."));
    if (plan.computedAs != m_setup.method) {
        text << tr("For these adapters it is computed as “%1”.").arg(MergeMethodWords::title(plan.computedAs));
    }
    if (plan.needsFullMatrices) {
        text << tr("Slow on large models.");
    }
    return (QStringList{text.join(QLatin1Char(' '))} + plan.notes).join(QLatin1Char('\n'));
}

void MergeMethodPart::showPlanned()
{
    Tone tone = Tone::Quiet;
    if (!m_plan) {
        m_planned->setText(problem().isEmpty() ? tr("Size and rank of the result are being worked out …") : QString());
    } else if (!*m_plan) {
        m_planned->setText(ErrorText::sentence(m_plan->error()));
        tone = Tone::Alarm;
    } else {
        m_planned->setText(planText(**m_plan));
        tone = Tone::Accent;
    }
    paint(m_planned, tone);
}

void MergeMethodPart::recolour()
{
    if (m_planned != nullptr) {
        showEnergy();
        showPlanned();
    }
}

void MergeMethodPart::retranslate()
{
    setTitle(tr("3 · Method and weights"));
    m_methodLabel->setText(tr("&Method:"));
    m_method->setAccessibleName(tr("Method of the merge"));
    for (int i = 0; i < m_method->count(); ++i) {
        m_method->setItemText(i, MergeMethodWords::title(kMergeMethods.at(static_cast<std::size_t>(i)).name));
    }
    m_does->setText(MergeMethodWords::does(m_setup.method));
    m_fails->setText(MergeMethodWords::fails(m_setup.method));
    setLabel(m_density, tr("Entries kept, in percent:"));
    setLabel(m_rank, tr("Rank of the result (0: the largest one's):"));
    setLabel(m_seed, tr("Seed of the draw:"));
    setLabel(m_signs, tr("Sign elected by:"));
    m_densityField->setAccessibleName(tr("Share of the entries that is kept, in percent"));
    m_rankField->setAccessibleName(tr("Rank of the result, 0 for the largest of the adapters"));
    m_seedField->setAccessibleName(tr("Seed of the random masks"));
    m_signsBox->setAccessibleName(tr("How the sign of an entry is elected"));
    m_signsBox->setItemText(0, tr("the sum of the values"));
    m_signsBox->setItemText(1, tr("the number of adapters"));
    recolour();
}

} // namespace lori::ui
