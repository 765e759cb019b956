// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_start.h"

#include "ui/text.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lori::ui {

CompareStart::CompareStart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("compareStart"));
    m_title = new QLabel(this);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    m_title->setFont(large);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("compareStartText"));
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_offer = new QPushButton(this);
    m_offer->setObjectName(QStringLiteral("compareOffer"));
    m_names = new QLabel(this);
    m_names->setObjectName(QStringLiteral("compareNames"));
    m_names->setTextFormat(Qt::PlainText);
    m_names->setWordWrap(true);
    m_names->setAlignment(Qt::AlignCenter);
    m_history = new QPushButton(this);
    m_history->setObjectName(QStringLiteral("compareChoose"));
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_text);
    layout->addSpacing(fontMetrics().height());
    layout->addWidget(m_offer, 0, Qt::AlignHCenter);
    layout->addWidget(m_names);
    layout->addWidget(m_history, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    connect(m_offer, &QPushButton::clicked, this, [this] {
        if (m_offered.isEmpty()) {
            Q_EMIT experimentAsked();
        } else {
            Q_EMIT compareAsked(m_offered);
        }
    });
    connect(m_history, &QPushButton::clicked, this, &CompareStart::historyAsked);
}

void CompareStart::show(const std::vector<database::RunSummary>& finished)
{
    m_offered.clear();
    QStringList names;
    for (std::size_t i = std::min<std::size_t>(finished.size(), 2); i-- > 0;) { // the older one is the baseline
        m_offered << QString::fromStdString(finished[i].id);
        names << tr("%1, %2", "name and time").arg(QString::fromStdString(finished[i].name), Text::when(finished[i].createdMs));
    }
    for (QString& name : names) {
        name.replace(QLatin1Char('&'), QStringLiteral("&&"));
    }
    m_title->setText(tr("Choose two runs"));
    m_text->setText(
        finished.empty()
            ? tr("Scores, settings, curves and answers of up to twelve runs beside each other. No run is finished yet.")
            : tr("Scores, settings, curves and answers of up to twelve runs beside each other. One run alone is compared "
                 "with its model before training."));
    m_offer->setText(names.size() == 2   ? tr("Compare the last two")
                     : names.size() == 1 ? tr("Compare before and after training")
                                         : tr("Set up an experiment"));
    m_names->setText(names.join(QStringLiteral("  ·  ")));
    m_names->setVisible(!names.isEmpty());
    m_history->setText(tr("Choose in the history …"));
    m_history->setVisible(!finished.empty());
}

} // namespace lori::ui
