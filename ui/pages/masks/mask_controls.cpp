// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/mask_controls.h"

#include "ui/models/mask_words.h"
#include "ui/pages/masks/scope_table.h"
#include "ui/theme.h"
#include "ui/widgets/layer_bars.h"
#include "ui/widgets/number_field.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

constexpr int kFrameMs = 16;
constexpr int kSliderEnd = 999; // tenths of a percent

} // namespace

MaskControls::MaskControls(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("maskControls"));
    m_stored = new QRadioButton(this);
    m_stored->setObjectName(QStringLiteral("maskStored"));
    m_preview = new QRadioButton(this);
    m_preview->setObjectName(QStringLiteral("maskPreview"));
    m_sparsityLabel = new QLabel(this);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(QStringLiteral("sparsitySlider"));
    m_slider->setRange(0, kSliderEnd);
    m_slider->setSingleStep(5);
    m_slider->setPageStep(50);
    m_sparsity = new NumberField(TypedNumber::Kind::Percent, this);
    m_sparsity->setObjectName(QStringLiteral("sparsityField"));
    m_sparsity->setRange(0, kSliderEnd / 10.0);
    m_sparsityLabel->setBuddy(m_slider);
    m_scopeLabel = new QLabel(this);
    m_scope = new QComboBox(this);
    m_scope->setObjectName(QStringLiteral("maskScope"));
    for (const auto& [scope, name] : ScopeTable::scopes()) {
        m_scope->addItem(name, static_cast<int>(scope));
    }
    m_scopes = new ScopeTable(this);
    m_scopeLabel->setBuddy(m_scope);
    m_numbers = new QLabel(this);
    m_numbers->setObjectName(QStringLiteral("maskNumbers"));
    m_numbers->setWordWrap(true);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("maskNote"));
    m_note->setWordWrap(true);
    m_note->setMargin(6);
    m_note->setAutoFillBackground(true);
    m_note->hide();
    m_barsLabel = new QLabel(this);
    m_bars = new LayerBars(this);
    m_use = new QPushButton(this);
    m_use->setObjectName(QStringLiteral("useSparsity"));
    layOut();
    connectAll();
    retranslate();
    setAvailable(false, false, 0.9, experiment::MaskScope::Model);
}

void MaskControls::layOut()
{
    auto* slider = new QHBoxLayout;
    slider->addWidget(m_slider, 1);
    slider->addWidget(m_sparsity);
    slider->addWidget(new QLabel(QStringLiteral("%"), this));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* one :
         {static_cast<QWidget*>(m_stored), static_cast<QWidget*>(m_preview), static_cast<QWidget*>(m_sparsityLabel)}) {
        layout->addWidget(one);
    }
    layout->addLayout(slider);
    for (QWidget* one : {static_cast<QWidget*>(m_scopeLabel), static_cast<QWidget*>(m_scope), static_cast<QWidget*>(m_scopes),
                         static_cast<QWidget*>(m_numbers), static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_barsLabel)}) {
        layout->addWidget(one);
    }
    layout->addWidget(m_bars, 1);
    layout->addWidget(m_use);
}

void MaskControls::connectAll()
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kFrameMs);
    connect(&m_timer, &QTimer::timeout, this, &MaskControls::changed);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        m_share = value / 1000.0;
        m_sparsity->showValue(m_share);
        showTypedProblem({});
        m_timer.start();
    });
    connect(m_sparsity, &NumberField::numberTyped, this, [this](const QString& share) {
        m_share = share.toDouble();
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(static_cast<int>(std::lround(m_share * 1000)));
        showTypedProblem({});
        m_timer.start();
    });
    connect(m_sparsity, &NumberField::unreadable, this,
            [this](const QString&, const QString& problem) { showTypedProblem(problem); });
    connect(m_scope, &QComboBox::currentIndexChanged, this, [this] {
        m_scopes->select(scope());
        m_timer.start();
    });
    connect(m_scopes, &ScopeTable::chosen, this,
            [this](experiment::MaskScope scope) { m_scope->setCurrentIndex(m_scope->findData(static_cast<int>(scope))); });
    connect(m_preview, &QRadioButton::toggled, this, [this] {
        updateEnabled();
        m_timer.start();
    });
    connect(m_use, &QPushButton::clicked, this, &MaskControls::useRequested);
}

void MaskControls::retranslate()
{
    setAccessibleName(tr("What the mask keeps"));
    m_numbers->setAccessibleName(tr("What the mask keeps"));
    m_stored->setText(tr("&Stored mask"));
    m_stored->setAccessibleName(tr("Show the stored mask"));
    m_preview->setText(tr("&Preview another sparsity"));
    m_preview->setAccessibleName(tr("Show what another sparsity would keep"));
    m_sparsityLabel->setText(tr("Sp&arsity: share of B that stays zero"));
    m_slider->setAccessibleName(tr("Sparsity"));
    m_sparsity->setAccessibleName(tr("Sparsity in percent"));
    m_scopeLabel->setText(tr("S&cope: where the largest entries compete"));
    m_scope->setAccessibleName(tr("Scope of the threshold"));
    const auto scopes = ScopeTable::scopes();
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        m_scope->setItemText(static_cast<int>(i), scopes[i].second);
    }
    m_scopes->retranslate();
    m_barsLabel->setText(tr("Kept in each layer (dashed: whole model)"));
    m_use->setText(tr("&Use this sparsity in a new experiment"));
    m_use->setAccessibleName(tr("Use this sparsity in a new experiment"));
    showSummary(m_summary, m_asked);
}

void MaskControls::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        showSummary(m_summary, m_asked);
    }
}

void MaskControls::setAvailable(bool stored, bool preview, double sparsity, experiment::MaskScope scope)
{
    const QSignalBlocker a(m_preview);
    const QSignalBlocker b(m_sparsity);
    const QSignalBlocker c(m_slider);
    const QSignalBlocker d(m_scope);
    m_stored->setEnabled(stored);
    m_preview->setEnabled(preview);
    (stored ? m_stored : m_preview)->setChecked(true);
    m_share = sparsity;
    m_sparsity->showValue(sparsity);
    showTypedProblem({});
    m_slider->setValue(static_cast<int>(std::lround(sparsity * 1000)));
    m_scope->setCurrentIndex(m_scope->findData(static_cast<int>(scope)));
    m_scopes->select(scope);
    updateEnabled();
}

/// Half a number keeps the last picture, and cannot be taken into an experiment.
void MaskControls::showTypedProblem(const QString& problem)
{
    m_typedProblem = problem;
    QPalette colours;
    if (!problem.isEmpty()) {
        colours = palette();
        colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
    }
    m_sparsity->setPalette(colours);
    m_sparsity->setToolTip(problem);
    m_sparsity->setAccessibleDescription(problem);
    updateEnabled();
}

void MaskControls::updateEnabled()
{
    const bool on = m_preview->isChecked() && m_preview->isEnabled();
    m_slider->setEnabled(on);
    m_sparsity->setEnabled(on);
    m_scope->setEnabled(on);
    m_scopes->setVisible(on);
    m_use->setEnabled((m_stored->isEnabled() || m_preview->isEnabled()) && m_typedProblem.isEmpty());
}

void MaskControls::showSummary(const analysis::MaskSummary& summary, std::optional<std::int64_t> asked)
{
    m_summary = summary;
    m_asked = asked;
    m_bars->setSummary(summary);
    const QLocale locale;
    const double share = summary.total > 0 ? static_cast<double>(summary.kept) / static_cast<double>(summary.total) : 0;
    QStringList lines;
    if (summary.total > 0) {
        lines << tr("%1 kept: %2 of %3 entries")
                     .arg(percentText(share), locale.toString(static_cast<qlonglong>(summary.kept)),
                          locale.toString(static_cast<qlonglong>(summary.total)));
        if (asked && summary.kept > *asked) {
            lines << tr("%n more than the share asks for: entries equal to the smallest kept one are kept too", nullptr,
                        static_cast<int>(std::min<std::int64_t>(summary.kept - *asked, 1'000'000'000)));
        }
        if (summary.normKept > 0) {
            lines << tr("%1 of B's norm kept, %2 lost").arg(percentText(summary.normKept), percentText(1 - summary.normKept));
        }
        if (std::isfinite(summary.threshold)) {
            lines << tr("Smallest kept |b|: %1").arg(locale.toString(summary.threshold, 'g', 4));
        }
    }
    m_numbers->setText(lines.join(QLatin1Char('\n')));
    QStringList empty;
    for (const analysis::ModuleKept& module : summary.modules) {
        if (module.kept == 0) {
            empty << tr("layer %1 %2").arg(module.layer).arg(moduleTitle(module.projection));
        }
    }
    const auto count = static_cast<int>(empty.size());
    if (count > 4) {
        empty = empty.mid(0, 4);
        empty << QStringLiteral("…");
    }
    m_note->setText(
        tr("⚠ %n module(s) keep nothing and will not learn in LoRI-S: %1", nullptr, count).arg(empty.join(QStringLiteral(", "))));
    m_note->setVisible(count > 0);
    QPalette colours = palette();
    colours.setColor(QPalette::Window, toneFill(Tone::Caution, palette()));
    m_note->setPalette(colours);
}

void MaskControls::showScopes(const std::vector<analysis::MaskSummary>& summaries)
{
    m_scopes->show(summaries);
}

MaskControls::View MaskControls::view() const
{
    return m_stored->isChecked() ? View::Stored : View::Preview;
}

double MaskControls::sparsity() const
{
    return m_share;
}

experiment::MaskScope MaskControls::scope() const
{
    return static_cast<experiment::MaskScope>(m_scope->currentData().toInt());
}

} // namespace lori::ui
